export { GroupsRouter } from './GroupsRouter';
