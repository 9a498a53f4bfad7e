export { isFresh } from './isFresh';
export { allowanceSchema, offsetSchema } from './schemas';
export { severities } from './severity';
export type { OverallSentence, Severity } from './severity';
export { formatCount, formatDuration, formatRate } from './words';
