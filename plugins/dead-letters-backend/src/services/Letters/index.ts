export { createDeadLetterViews } from './createDeadLetterViews';
export type { DeadLetterViews } from './createDeadLetterViews';
export { letterFormatFor } from './letterFormatFor';
export { createMask } from './masking';
export type { Mask, MaskConfig } from './masking';
