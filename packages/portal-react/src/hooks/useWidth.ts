import { useEffect, useState } from 'react';

/**
 * Tells the width of an element as soon as the browser has laid it out, and whenever it changes;
 * returns what ends that. To ask for it earlier would make the browser lay out the page twice.
 */
function onWidth(
  element: HTMLElement,
  tell: (width: number) => void,
): () => void {
  if (typeof ResizeObserver === 'undefined') return () => {};
  const observer = new ResizeObserver(() => tell(element.clientWidth));
  observer.observe(element);
  return () => observer.disconnect();
}

/** The current width of an element in pixels; 0 until known. */
export function useWidth(element: HTMLElement | null): number {
  const [width, setWidth] = useState(0);
  useEffect(
    () => (element === null ? undefined : onWidth(element, setWidth)),
    [element],
  );
  return width;
}

/** Whether an element is narrower than this; false until known. */
export function useIsNarrower(
  element: HTMLElement | null,
  thanWidth: number,
): boolean {
  const [isNarrower, setNarrower] = useState(false);
  useEffect(
    () =>
      element === null
        ? undefined
        : onWidth(element, width =>
            setNarrower(width > 0 && width < thanWidth),
          ),
    [element, thanWidth],
  );
  return isNarrower;
}
