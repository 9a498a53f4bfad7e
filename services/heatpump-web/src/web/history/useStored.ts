import type { Stream } from '@homelab/telemetry';
import type { AskOptions } from '@homelab/homelab-api-client';
import {
  planSeries,
  seriesHistory,
} from '@homelab/plugin-heat-pump-common/history';
import type { History } from '@homelab/plugin-heat-pump-common/messages';
import type { HistoryState } from '@homelab/plugin-heat-pump-react';
import { api } from '../api/api.ts';
import { useFigure } from '../api/useFigure.ts';

const maxPoints = 600;

interface Wanted {
  readonly stream: Stream;
  readonly deviceId: string;
  readonly fields: readonly string[];
  readonly from: Date;
  readonly to: Date;
  readonly siteTimeZone: string;
}

/** Reads the stored values of a device. */
async function readHistory(
  wanted: Wanted,
  options: AskOptions,
): Promise<History> {
  const { stream, deviceId, fields, from, to, siteTimeZone } = wanted;
  const { bucket, hasBands } = planSeries(from, to, Date.now());
  const [points, events] = await Promise.all([
    api.series(
      { stream, deviceId },
      { from, to, fields, maxPoints, bucket },
      options,
    ),
    stream === 'heatpump' && hasBands
      ? api.heatPumpEvents(deviceId, { from, to }, options)
      : undefined,
  ]);
  return {
    ...{ stream, deviceId, siteTimeZone },
    from: from.toISOString(),
    to: to.toISOString(),
    ...seriesHistory(points, events),
  };
}

/** The stored values of a device in a range; of none without a device. */
export function useStored(
  device: { stream: Stream; deviceId: string } | undefined,
  wanted: Omit<Wanted, 'stream' | 'deviceId'>,
): HistoryState {
  const { from, to, fields } = wanted;
  const { value, error, loading } = useFigure(
    [
      'stored',
      device?.stream,
      device?.deviceId,
      fields.join(),
      from.getTime(),
      to.getTime(),
    ],
    options =>
      readHistory(
        { stream: 'heatpump', deviceId: '', ...device, ...wanted },
        options,
      ),
  );
  return { history: value, error, loading };
}
