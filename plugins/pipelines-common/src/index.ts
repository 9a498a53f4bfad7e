export { pipelinesAnnotation } from './annotations';
export { pipelinesPermissions, pipelinesReadPermission } from './permissions';
export * from './pipeline';
