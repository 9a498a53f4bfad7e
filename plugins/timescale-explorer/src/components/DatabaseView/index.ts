export { DatabaseView } from './DatabaseView';
export type { Shown } from './DatabaseView';
export { KeptDatabase } from './KeptDatabase';
export { ViewHead } from './ViewHead';
export { ExplorerStates } from './ExplorerStates';
