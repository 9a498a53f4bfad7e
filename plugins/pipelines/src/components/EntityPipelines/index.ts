export { EntityPipelines } from './EntityPipelines';
