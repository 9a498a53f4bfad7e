export { createDeadLetterViews } from './createDeadLetterViews';
export type { DeadLetterViews } from './createDeadLetterViews';
export { letterFormatFor } from './letterFormatFor';
export { createMask } from './masking';
export type { Mask } from './masking';
