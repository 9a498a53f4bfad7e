export { LagCollector } from './LagCollector';
export type { RefsOf } from './LagCollector';
export { ExactTimeLag } from './ExactTimeLag';
export { shortestTimeoutMs } from './problemOfPoll';
