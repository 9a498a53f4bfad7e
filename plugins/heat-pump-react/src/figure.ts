import type { History } from '@homelab/plugin-heat-pump-common/messages';

/** A figure of a device and the state of fetching it. */
export interface Figure<T> {
  /** Absent until the first answer; an old one stays while a newer one fails. */
  value: T | undefined;
  error: Error | undefined;
}

/** Stored readings and the state of fetching them. */
export interface HistoryState {
  history: History | undefined;
  error: Error | undefined;
  /** A request is in flight; the previous history stays in place. */
  loading: boolean;
}
