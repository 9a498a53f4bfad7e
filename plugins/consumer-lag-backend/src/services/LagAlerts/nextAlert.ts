import type { Severity } from '@homelab/plugin-consumer-lag-common';

/** What the owners of a group were told, and a change that has to last first. */
export interface AlertState {
  readonly told: Severity;
  readonly pending: Severity | null;
  /** Consecutive polls that saw the group worse, or better, than its owners were told. */
  readonly polls: number;
}

/** How long a change must last. */
export interface Hysteresis {
  /** Polls before trouble is announced. */
  readonly holdPolls: number;
  /** Polls before recovery is announced. */
  readonly recoverPolls: number;
}

/** The state before the first notification: as if all were well. */
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
 * Decides whether to announce a change of severity. It must have lasted; flickering is announced
 * at most once, and unknown changes nothing. While the severity varies but stays worse (or
 * better) than announced, the smallest change is what has lasted.
 */
export function nextAlert(
  state: AlertState,
  seen: Severity,
  { holdPolls, recoverPolls }: Hysteresis,
): { state: AlertState; tell: Severity | null } {
  const { told } = state;
  if (seen === 'unknown') return { state, tell: null };
  if (seen === told) return { state: known(told), tell: null };
  const isWorse = weight[seen] > weight[told];
  const goesOn =
    state.pending !== null && weight[state.pending] > weight[told] === isWorse;
  const polls = goesOn ? state.polls + 1 : 1;
  const pending =
    goesOn && state.pending !== null && isNearer(state.pending, seen, told)
      ? state.pending
      : seen;
  return polls >= (isWorse ? holdPolls : recoverPolls)
    ? { state: known(pending), tell: pending }
    : { state: { told, pending, polls }, tell: null };
}

const known = (told: Severity): AlertState => ({
  told,
  pending: null,
  polls: 0,
});

function isNearer(one: Severity, other: Severity, to: Severity): boolean {
  const distance = (severity: Severity) =>
    Math.abs(weight[severity] - weight[to]);
  return distance(one) < distance(other);
}
