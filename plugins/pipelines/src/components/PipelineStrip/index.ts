export { PipelineStrip } from './PipelineStrip';
