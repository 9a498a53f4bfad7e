export { FilterBar, FilterChip, SearchField } from './FilterBar';
