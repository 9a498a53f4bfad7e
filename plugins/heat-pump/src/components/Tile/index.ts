export { ReadingTile } from './ReadingTile';
