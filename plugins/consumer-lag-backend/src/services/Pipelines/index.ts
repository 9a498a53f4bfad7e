export { pipelinesConfigShape, problemsOf } from './config';
export { Pipelines } from './Pipelines';
