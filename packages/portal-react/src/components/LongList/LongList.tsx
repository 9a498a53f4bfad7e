import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

/** Longer lists are virtualised. */
const maxWhole = 200;
const chunkSize = 50;
/** How far beyond the window rows are rendered. */
const margin = '800px 0px';

/**
 * The rows of a list of any length. Beyond 200 rows only those near the window are rendered, and
 * empty space of about the same height replaces the rest; rows may differ in height.
 */
export function LongList<T>(props: {
  items: readonly T[];
  /** Estimated height of a row, in pixels. */
  rowHeightPx: number;
  render(item: T, index: number): ReactNode;
}) {
  const { items, rowHeightPx, render } = props;
  if (items.length <= maxWhole) return <>{items.map(render)}</>;
  const starts = Array.from(
    { length: Math.ceil(items.length / chunkSize) },
    (_, chunk) => chunk * chunkSize,
  );
  return (
    <>
      {starts.map(start => (
        <Chunk
          key={start}
          count={Math.min(chunkSize, items.length - start)}
          rowHeightPx={rowHeightPx}
          isFirst={start === 0}
        >
          {() =>
            items
              .slice(start, start + chunkSize)
              .map((item, index) => render(item, start + index))
          }
        </Chunk>
      ))}
    </>
  );
}

function Chunk(props: {
  count: number;
  rowHeightPx: number;
  isFirst: boolean;
  children(): ReactNode;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const [isNear, setIsNear] = useState(props.isFirst);
  const heightPx = useRef(props.count * props.rowHeightPx);
  useEffect(() => {
    const element = frame.current;
    if (element === null || typeof IntersectionObserver === 'undefined') {
      return undefined;
    }
    const observer = new IntersectionObserver(
      entries => {
        const isSeen = entries.some(({ isIntersecting }) => isIntersecting);
        // Keyboard users must not lose the focused row.
        const hasFocus = element.contains(document.activeElement);
        setIsNear(isSeen || hasFocus);
      },
      { rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const height = frame.current?.offsetHeight ?? 0;
    if (isNear && height > 0) heightPx.current = height;
  });
  return (
    <div
      ref={frame}
      role="presentation"
      style={isNear ? undefined : { height: heightPx.current }}
    >
      {isNear && props.children()}
    </div>
  );
}
