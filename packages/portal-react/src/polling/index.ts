export { useAppQueryClient } from './useAppQueryClient';
export { usePolled } from './usePolled';
export type { Polled, PollPace, PollQuery } from './usePolled';
export { useRefresh } from './useRefresh';
