export { createOffsetResets } from './createOffsetResets';
export type { OffsetResets, OnOffsetsReset } from './createOffsetResets';
export { createResetStore } from './createResetStore';
