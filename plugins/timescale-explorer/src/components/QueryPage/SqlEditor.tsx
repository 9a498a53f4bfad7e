import type { CatalogueTable } from '@homelab/plugin-timescale-explorer-common';
import Skeleton from '@mui/material/Skeleton';
import { styled, useTheme } from '@mui/material/styles';
import { useEffect, useRef, useState } from 'react';
import type { Editor } from './createEditor';

const Frame = styled('div')(({ theme }) => ({
  minHeight: 168,
  borderRadius: 6,
  border: `1px solid ${theme.palette.divider}`,
  background: theme.palette.background.default,
  '&:focus-within': {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: 1,
  },
  '& .cm-editor': { fontSize: '0.875rem' },
  '& .cm-content': { minHeight: 152 },
}));

/** An editor for SQL with completion from the catalogue; loaded when it is shown. */
export function SqlEditor(props: {
  value: string;
  tables: readonly CatalogueTable[];
  onChange(value: string): void;
  onRun(): void;
}) {
  const { value, tables } = props;
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const [editor, setEditor] = useState<Editor>();
  const { palette } = useTheme();
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (frame === null) return undefined;
    let isGone = false;
    let made: Editor | undefined;
    import('./createEditor').then(({ createEditor }) => {
      if (isGone) return;
      made = createEditor({
        parent: frame,
        value: latest.current.value,
        tables,
        palette,
        onChange: text => latest.current.onChange(text),
        onRun: () => latest.current.onRun(),
      });
      setEditor(made);
    });
    return () => {
      isGone = true;
      setEditor(undefined);
      made?.destroy();
    };
  }, [frame, tables, palette]);

  useEffect(() => editor?.show(value), [editor, value]);

  return (
    <Frame ref={setFrame}>
      {editor === undefined && (
        <Skeleton
          variant="rectangular"
          height={168}
          aria-label="Loading the editor"
        />
      )}
    </Frame>
  );
}
