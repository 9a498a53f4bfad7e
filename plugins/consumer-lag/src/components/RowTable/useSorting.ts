import { useQueryValue } from '@homelab/portal-react';
import type { Sorting } from './RowTable';

/** The order of a table, kept in the URL: `lag` rises, `-lag` falls. */
export function useSorting<Column extends string>(
  columns: readonly Column[],
  standard: Sorting<Column>,
): [Sorting<Column>, (sorting: Sorting<Column>) => void] {
  const [text, setText] = useQueryValue('sort');
  const isFalling = text?.startsWith('-') ?? false;
  const by = columns.find(column => column === text?.replace(/^-/, ''));
  const sorting = by === undefined ? standard : { by, isFalling };
  return [
    sorting,
    next => {
      const isStandard =
        next.by === standard.by && next.isFalling === standard.isFalling;
      setText(isStandard ? null : `${next.isFalling ? '-' : ''}${next.by}`);
    },
  ];
}
