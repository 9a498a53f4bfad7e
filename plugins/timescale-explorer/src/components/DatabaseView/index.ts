export { DatabaseView } from './DatabaseView';
export type { Shown } from './DatabaseView';
export { Numbers } from './Numbers';
export { ViewHead } from './ViewHead';
