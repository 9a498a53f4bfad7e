import { useQueryValue } from '../../hooks/useQueryValue';
import { useMemo } from 'react';
import type { Sorting } from './RowTable';

/** The order of a table, kept in the URL under `key`: `lag` ascending, `-lag` descending. */
export function useSorting<Column extends string>(
  columns: readonly Column[],
  standard: Sorting<Column>,
  key = 'sort',
): [Sorting<Column>, (sorting: Sorting<Column>) => void] {
  const [text, setText] = useQueryValue(key);
  const isFalling = text?.startsWith('-') ?? false;
  const by = columns.find(column => column === text?.replace(/^-/, ''));
  const sorting = useMemo(
    () => (by === undefined ? standard : { by, isFalling }),
    [by, isFalling, standard],
  );
  return [
    sorting,
    next => {
      const isStandard =
        next.by === standard.by && next.isFalling === standard.isFalling;
      setText(isStandard ? null : `${next.isFalling ? '-' : ''}${next.by}`);
    },
  ];
}
