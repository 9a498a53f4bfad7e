export { GroupsPage } from './GroupsPage';
export { GroupsSkeleton } from './GroupsSkeleton';
