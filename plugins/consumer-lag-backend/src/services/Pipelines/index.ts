export { pipelinesConfigShape, problemsOf } from './config';
export type { PipelinesConfig } from './config';
export { Pipelines } from './Pipelines';
