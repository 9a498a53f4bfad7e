export { SqlBlock } from './SqlBlock';
