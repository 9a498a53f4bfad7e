export { entityGroups } from './entityGroups';
export { GroupRefs } from './GroupRefs';
