import {
  formatCount,
  formatDuration,
} from '@homelab/plugin-consumer-lag-common';
import type { GroupPartition } from '@homelab/plugin-consumer-lag-common';

/** What the colour of a partition shows. */
export type HeatMetric = 'lag' | 'time';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * The lowest value of each step of the scale. Fixed, so that a colour means the same for every
 * group and every day.
 */
export const heatLimits: Record<HeatMetric, readonly number[]> = {
  lag: [1, 100, 1_000, 10_000, 100_000],
  time: [1, 10 * second, minute, 10 * minute, hour],
};

/** The names of the steps for the legend; the first is for nothing unread. */
export const heatLabels: Record<HeatMetric, readonly string[]> = {
  lag: ['0', '1+', '100+', '1k+', '10k+', '100k+'],
  time: ['0', '<10 s', '10 s+', '1 min+', '10 min+', '1 h+'],
};

/** The value of a cell; null when unknown. */
export function heatValue(
  partition: Pick<GroupPartition, 'lag' | 'timeLag'>,
  metric: HeatMetric,
): number | null {
  if (metric === 'time') return partition.timeLag.ms;
  return partition.lag === null ? null : Number(partition.lag);
}

/** The step of the scale, 0 for nothing; null when unknown. */
export function heatStep(
  partition: Pick<GroupPartition, 'lag' | 'timeLag'>,
  metric: HeatMetric,
): number | null {
  const value = heatValue(partition, metric);
  if (value === null) return null;
  return heatLimits[metric].filter(limit => value >= limit).length;
}

/** The value in words; `unknown` when it is. */
export function heatWords(
  partition: Pick<GroupPartition, 'lag' | 'timeLag'>,
): string {
  const { lag, timeLag } = partition;
  if (lag === null) return 'lag unknown';
  if (lag === '0') return 'nothing unread';
  const records = `${formatCount(lag)} ${lag === '1' ? 'record' : 'records'}`;
  return timeLag.ms === null
    ? records
    : `${records}, ${formatDuration(timeLag.ms)} behind`;
}
