export { createLagClient } from './createLagClient';
export { Pipelines } from './Pipelines';
