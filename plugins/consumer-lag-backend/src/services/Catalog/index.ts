export { entityGroups, groupsOfSelectors, selectorsOf } from './entityGroups';
export { GroupRefs } from './GroupRefs';
export type { GroupSelector } from './groupSelectors';
