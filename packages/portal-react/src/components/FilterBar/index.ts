export { FilterBar, FilterChip, FilterChips, SearchField } from './FilterBar';
