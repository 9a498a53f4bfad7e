import { freshnessOf } from '@homelab/heat-pump';
import type { DeviceReading } from '@homelab/heat-pump';

/** Who is silent, as far as the ages of all devices tell. */
export type Silence =
  /** Several devices, and nobody is heard since: what they share has stopped. */
  | { kind: 'house'; lastAtMs: number }
  /** All sensors of one gateway, while others are heard. */
  | { kind: 'gateway'; source: string; count: number; lastAtMs: number }
  | {
      kind: 'device';
      deviceId: string;
      /** Others are heard, so what they share works. */
      othersAreHeard: boolean;
      lastAtMs: number;
    };

/** Formats whose devices all send by way of one gateway. */
const sharedGateways = new Set(['zigbee2mqtt']);

/** A device that was silent for so long has been taken away, or has another story. */
const forgottenMs = 7 * 24 * 3_600_000;

const asOfMs = ({ asOf }: DeviceReading) => Date.parse(asOf);

const newestOf = (devices: readonly DeviceReading[]) =>
  Math.max(...devices.map(asOfMs));

/**
 * Finds what has stopped between the devices and the pipeline. Sleeping room sensors send every
 * few hours, so only devices that send steadily can tell that nobody is heard.
 */
export function silencesOf(
  readings: readonly DeviceReading[],
  nowMs: number,
): Silence[] {
  const known = readings.filter(one => nowMs - asOfMs(one) < forgottenMs);
  const silent = known.filter(
    one => freshnessOf(nowMs - asOfMs(one), one) !== 'fresh',
  );
  if (silent.length === 0) return [];
  const steady = known.filter(({ stream }) => stream !== 'temperature');
  const isSteadySilent = steady.every(one => silent.includes(one));
  // A sleeper that was heard after all others proves that the way is open.
  if (
    steady.length > 1 &&
    isSteadySilent &&
    newestOf(known) - newestOf(steady) < staleMs(steady)
  )
    return [{ kind: 'house', lastAtMs: newestOf(known) }];
  const gateways = [...sharedGateways].flatMap(source => {
    const own = known.filter(({ reading }) => reading.source === source);
    const isSilent = own.length > 1 && own.every(one => silent.includes(one));
    return isSilent ? [{ source, own }] : [];
  });
  const explained = gateways.flatMap(({ own }) => own);
  return [
    ...gateways.map(({ source, own }) => ({
      ...{ kind: 'gateway' as const, source },
      ...{ count: own.length, lastAtMs: newestOf(own) },
    })),
    ...silent
      .filter(one => !explained.includes(one))
      .map(one => ({
        ...{ kind: 'device' as const, deviceId: one.deviceId },
        othersAreHeard: silent.length < known.length,
        lastAtMs: asOfMs(one),
      })),
  ];
}

function staleMs(devices: readonly DeviceReading[]): number {
  return Math.max(...devices.map(({ staleAfterMs }) => staleAfterMs));
}
