import { formatDuration } from '@homelab/plugin-consumer-lag-common';
import type { ValueWords } from '@homelab/portal-react';
import { shortDuration } from '../HeatStrip';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The format of durations in charts, in milliseconds. */
export const durationWords: ValueWords = {
  write: formatDuration,
  writeShort: shortDuration,
  steps: [
    ...[1, 2, 5, 10, 15, 30].map(count => count * second),
    ...[1, 2, 5, 10, 15, 30].map(count => count * minute),
    ...[1, 2, 3, 4, 6, 8, 12].map(count => count * hour),
    ...[1, 2, 5, 10, 20, 50, 100].map(count => count * day),
  ],
};
