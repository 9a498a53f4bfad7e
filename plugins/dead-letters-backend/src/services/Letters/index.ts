export { createDeadLetterViews } from './createDeadLetterViews';
export type { DeadLetterViews } from './createDeadLetterViews';
export { renderLetterMetrics } from './letterMetrics';
export { letterFormatFor } from './letterFormatFor';
export { createMask } from './masking';
export type { Mask } from './masking';
