export { sortGroups } from './filterGroups';
export type { GroupSorting } from './filterGroups';
export { GroupsPage } from './GroupsPage';
export { GroupsSkeleton } from './GroupsSkeleton';
export { GroupTable } from './GroupTable';
export { inSteps } from './inSteps';
