export { createRedrives } from './createRedrives';
export type { OnRedriveEnded, Redrives } from './createRedrives';
export { createRedriveStore } from './createRedriveStore';
