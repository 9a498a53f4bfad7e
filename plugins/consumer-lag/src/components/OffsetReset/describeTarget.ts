import { formatCount } from '@homelab/plugin-consumer-lag-common';
import type {
  OffsetReset,
  ResetTarget,
} from '@homelab/plugin-consumer-lag-common';
import { formatExactTime } from '@homelab/portal-react';

/** The target of a reset in words: `to the oldest record`. */
export function describeTarget(target: ResetTarget, timeZone: string): string {
  switch (target.kind) {
    case 'earliest':
      return 'to the oldest record';
    case 'latest':
      return 'after the newest record';
    case 'timestamp':
      return `to ${formatExactTime(target.at, timeZone)}`;
    case 'offset':
      return `to offset ${formatCount(target.offset)}`;
    case 'shift':
      return target.by < 0
        ? `back by ${formatCount(-target.by)} records in each partition`
        : `forward by ${formatCount(target.by)} records in each partition`;
  }
}

/** The effect of a reset: how many records are skipped or read again. */
export function describeEffect(
  effect: Pick<OffsetReset, 'skipped' | 'replayed'>,
): string {
  const parts = [
    ...(effect.skipped === '0'
      ? []
      : [`${records(effect.skipped)} will never be read`]),
    ...(effect.replayed === '0'
      ? []
      : [`${records(effect.replayed)} will be read again`]),
  ];
  const text = parts.join(', ');
  return text === ''
    ? 'No records are skipped or read again.'
    : `At most ${text}.`;
}

function records(count: string): string {
  return `${formatCount(count)} ${count === '1' ? 'record' : 'records'}`;
}
