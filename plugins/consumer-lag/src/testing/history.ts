import type {
  GroupEvent,
  HistoryRange,
  HistoryResponse,
} from '@homelab/plugin-consumer-lag-common';
import { createRandom } from './random';

const minute = 60_000;

/** The length of each range in milliseconds. */
const lengths: Record<HistoryRange, number> = {
  '1h': 60 * minute,
  '6h': 6 * 60 * minute,
  '24h': 24 * 60 * minute,
  '14d': 14 * 24 * 60 * minute,
};

/** The history of a group that falls behind near the end, with a gap in the middle. */
export function createHistory(
  range: HistoryRange = '1h',
  nowMs: number = Date.now(),
): HistoryResponse {
  const lengthMs = lengths[range];
  const stepMs =
    range === '14d' ? 5 * minute : Math.max(15_000, lengthMs / 400);
  const random = createRandom(7);
  const toMs = Math.floor(nowMs / stepMs) * stepMs;
  const count = Math.floor(lengthMs / stepMs);
  const points: HistoryResponse['points'] = [];
  let lag = 20;
  for (let index = 0; index < count; index += 1) {
    const share = index / count;
    if (share > 0.42 && share < 0.47) continue;
    const produced = 12 + 2 * Math.sin(share * 24) + random();
    const isSlow = share > 0.72;
    const consumed = isSlow
      ? produced - 2.2 - random() * 0.4
      : Math.max(0, produced + (lag > 30 ? 0.4 : random() - 0.5));
    lag = Math.max(0, lag + ((produced - consumed) * stepMs) / 1000);
    points.push({
      at: new Date(toMs - lengthMs + index * stepMs).toISOString(),
      lag: Math.round(lag),
      timeLagMs: Math.round((lag / produced) * 1000),
      producedPerSecond: produced,
      consumedPerSecond: consumed,
    });
  }
  const at = (share: number) =>
    new Date(toMs - lengthMs * (1 - share)).toISOString();
  const events: GroupEvent[] = [
    {
      at: at(0.41),
      kind: 'status',
      severity: 'unknown',
      text: 'The broker was away for 3 min.',
    },
    {
      at: at(0.58),
      kind: 'rebalance',
      severity: 'ok',
      text: 'Rebalance: 2 members, before 1.',
    },
    {
      at: at(0.74),
      kind: 'status',
      severity: 'watch',
      text: 'Keeps up became Falling behind.',
    },
  ];
  return {
    from: new Date(toMs - lengthMs).toISOString(),
    to: new Date(toMs).toISOString(),
    stepMs,
    points,
    events,
  };
}
