export { DatabaseView } from './DatabaseView';
export type { Shown } from './DatabaseView';
export { ViewHead } from './ViewHead';
