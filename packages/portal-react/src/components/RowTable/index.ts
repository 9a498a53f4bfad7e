export {
  AboveRowLink,
  ColumnHead,
  HeadRow,
  Quiet,
  Row,
  RowLink,
  TableFrame,
} from './RowTable';
export type { Sorting } from './RowTable';
export { useSorting } from './useSorting';
