export {
  readDeadLettersConfig,
  readMaskConfig,
  readRedriveLimits,
} from './config';
export type { DeadLettersConfig } from './config';
export { createDeadLetterViews } from './createDeadLetterViews';
export type { DeadLetterViews } from './createDeadLetterViews';
export { createRedrives } from './createRedrives';
export type { OnRedriveEnded, Redrives } from './createRedrives';
export { createRedriveStore } from './createRedriveStore';
export { createMask } from './masking';
