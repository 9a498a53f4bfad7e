export { timescaleExplorerPlugin as default } from './plugin';
