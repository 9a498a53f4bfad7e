import type { Severity } from '@homelab/plugin-consumer-lag-common';

/** What the owners of a group know, and what has to last before they are told. */
export interface AlertState {
  readonly told: Severity;
  readonly pending: Severity | null;
  /** In how many polls in a row the pending severity was seen. */
  readonly polls: number;
}

/** How long a change must last. */
export interface Hysteresis {
  /** Polls before a trouble is told. */
  readonly holdPolls: number;
  /** Polls before its end is told. */
  readonly recoverPolls: number;
}

/** Nothing was ever told: that is as if all had been well. */
export const firstAlertState: AlertState = {
  told: 'ok',
  pending: null,
  polls: 0,
};

const weight: Record<Severity, number> = {
  act: 2,
  watch: 1,
  unknown: 0,
  ok: 0,
};

/**
 * Decides whether a change of severity is told. It must have lasted; what flickers is told
 * once or not at all, and what is unknown changes nothing.
 */
export function nextAlert(
  state: AlertState,
  seen: Severity,
  { holdPolls, recoverPolls }: Hysteresis,
): { state: AlertState; tell: Severity | null } {
  if (seen === 'unknown') return { state, tell: null };
  if (seen === state.told)
    return { state: { ...state, pending: null, polls: 0 }, tell: null };
  const polls = seen === state.pending ? state.polls + 1 : 1;
  const needed = weight[seen] > weight[state.told] ? holdPolls : recoverPolls;
  return polls >= needed
    ? { state: { told: seen, pending: null, polls: 0 }, tell: seen }
    : { state: { told: state.told, pending: seen, polls }, tell: null };
}
