import type { Redrive } from '@homelab/plugin-dead-letters-common';
import type { StoredRedrive } from './redriveRow';

/** Whether its process died without storing an end. */
export function isDead(
  { lease_owner: owner, lease_until_ms: untilMs }: StoredRedrive,
  nowMs: number,
): boolean {
  return owner !== null && (untilMs ?? 0) < nowMs;
}

/** Whether a redrive can be resumed. */
export function canResume(redrive: StoredRedrive, nowMs: number): boolean {
  if (redrive.dry_run) return false;
  const { state } = redrive;
  return (
    isDead(redrive, nowMs) ||
    state === 'interrupted' ||
    state === 'failed' ||
    state === 'cancelled'
  );
}

/** The redrive for the HTTP interface; positions are reduced to their number. */
export function showRedrive(redrive: StoredRedrive, nowMs: number): Redrive {
  const { request, sent } = redrive;
  const { selection } = request;
  const dead = isDead(redrive, nowMs);
  const lastSignMs = redrive.updated_at_ms;
  return {
    id: redrive.id,
    cluster: redrive.cluster,
    topic: redrive.topic,
    dryRun: redrive.dry_run,
    dryRunId: redrive.dry_run_id,
    state: dead ? 'interrupted' : redrive.state,
    selection:
      selection.kind === 'letters'
        ? { kind: 'letters', count: selection.at.length }
        : selection,
    ratePerSecond: redrive.rate_per_second,
    limit: request.limit,
    againBefore: timeOf(redrive.again_before_ms),
    attempts: redrive.attempts.map(({ by, startedAtMs, endedAtMs }) => ({
      by,
      startedAt: isoTime(startedAtMs),
      endedAt: timeOf(endedAtMs),
    })),
    cancelledBy: redrive.cancelled_by,
    createdAt: isoTime(redrive.created_at_ms),
    updatedAt: isoTime(lastSignMs),
    endedAt: timeOf(dead ? lastSignMs : redrive.ended_at_ms),
    expected: redrive.expected,
    sent: Object.values(sent).reduce((sum, letters) => sum + letters, 0),
    targets: Object.entries(sent).map(([target, letters]) => ({
      target,
      letters,
    })),
    redrivenBefore: redrive.redriven_before,
    originUnknown: redrive.origin_unknown,
    failure: redrive.failure,
    canResume: canResume(redrive, nowMs),
  };
}

function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

function timeOf(timeMs: number | null): string | null {
  return timeMs === null ? null : isoTime(timeMs);
}
