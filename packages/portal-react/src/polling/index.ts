export { createPollStore } from './createPollStore';
export type {
  PollPace,
  PollSnapshot,
  PollStore,
  Visibility,
} from './createPollStore';
export { createPollStores } from './createPollStores';
export { isRefused, reasonOf } from './reasonOf';
export { usePoll } from './usePoll';
export { useAppQueryClient } from './useAppQueryClient';
export { usePolled } from './usePolled';
export type { Polled, PollQuery } from './usePolled';
