import { describeState, hasAlarm } from '@homelab/heat-pump';
import type {
  Freshness,
  HeatpumpDeviceReading,
  TemperatureDeviceReading,
  Tone,
} from '@homelab/heat-pump';
import { formatNumber } from '@homelab/portal-react/ui';
import { lookOf } from '@homelab/plugin-heat-pump-react';
import type { HeatpumpStatus } from '@homelab/telemetry';

/** The house in one sentence. */
export interface HouseDescription {
  readonly tone: Tone;
  /** The few words that matter most. */
  readonly lead: string;
  /** The rest of the sentence. */
  readonly rest: string;
  /** What to do, when something is to be done. */
  readonly advice?: string;
}

/** Below the wish by so much it feels cool. */
const coolK = 1;

const doing: Record<NonNullable<HeatpumpStatus['mode']>, string> = {
  alarm: 'reports an alarm',
  defrost: 'is melting the frost off itself',
  legionella: 'is heating the water to kill bacteria',
  hot_water: 'is making hot water',
  cooling: 'is cooling the house',
  heating: 'is heating',
  aux_only: 'is heating with electricity only',
  standby: 'is resting',
  off: 'is switched off',
  unknown: 'does not say what it does',
};

/** What a householder calls the work of a heat pump: `is heating`. */
export function doingOf({ mode }: HeatpumpStatus): string {
  return doing[mode ?? 'unknown'];
}

/** The temperature indoors: that of the heat pump's sensor, else the mean of the rooms. */
export function indoorOf(
  heatPump: HeatpumpDeviceReading | undefined,
  freshRooms: readonly TemperatureDeviceReading[],
): { valueC: number; decimals: number; targetC: number | null } | undefined {
  const valueC = heatPump?.reading.actual_temp ?? null;
  if (heatPump !== undefined && valueC !== null) {
    const { decimals } = lookOf(heatPump, 'actual_temp');
    return { valueC, decimals, targetC: heatPump.reading.target_temp };
  }
  const known = freshRooms.flatMap(({ reading }) =>
    reading.temperature === null ? [] : [reading.temperature],
  );
  if (known.length === 0) return undefined;
  const sum = known.reduce((total, one) => total + one, 0);
  return { valueC: sum / known.length, decimals: 1, targetC: null };
}

/**
 * Describes the house for the people who live in it, the worst first: an alarm, a heat pump that
 * is silent, rooms that are cooler than wished, else that all is well.
 *
 * @param house.silentFor how long the heat pump was not heard of, in words
 * @param house.isLive false while the page shows what it remembers, or nothing new reaches it
 */
export function describeHouse(house: {
  heatPump: HeatpumpDeviceReading | undefined;
  freshness: Freshness;
  freshRooms: readonly TemperatureDeviceReading[];
  silentFor: string;
  isLive: boolean;
  /** Nobody else is heard either, so the heat pump is not to blame. */
  isHouseSilent: boolean;
}): HouseDescription {
  const { heatPump, freshness, freshRooms } = house;
  const indoor = indoorOf(heatPump, freshRooms);
  const inside =
    indoor && `${formatNumber(indoor.valueC, indoor.decimals)}\u00a0°C inside`;
  if (heatPump === undefined) {
    return inside === undefined
      ? {
          tone: 'unknown',
          lead: 'Waiting for the house.',
          rest: ' No device has sent a value yet.',
        }
      : { tone: 'ok', lead: `It is ${inside}.`, rest: '' };
  }
  const { reading } = heatPump;
  if (!house.isLive) {
    const words = inside === undefined ? '' : `${inside}, and `;
    return {
      tone: 'unknown',
      lead: 'Last known:',
      rest: ` ${words}the heat pump ${doingOf(reading)}.`,
    };
  }
  if (freshness !== 'fresh') {
    return {
      tone: freshness === 'offline' ? 'watch' : 'unknown',
      lead: house.isHouseSilent
        ? 'The house is silent.'
        : 'The heat pump is silent.',
      rest: ` Its last value came ${house.silentFor} ago.`,
    };
  }
  if (hasAlarm(reading)) {
    return {
      tone: 'act',
      lead: 'The heat pump reports an alarm:',
      rest: ` ${describeState(reading).lead.replace(/^Alarm: /, '')}.`,
      advice:
        'Look at its display. If the alarm comes back, call the installer.',
    };
  }
  const work = `the heat pump ${doingOf(reading)}.`;
  if (
    indoor &&
    indoor.targetC !== null &&
    indoor.targetC - indoor.valueC >= coolK
  ) {
    return {
      tone: 'watch',
      lead: 'It is cooler than you want:',
      rest: ` ${inside} instead of ${formatNumber(indoor.targetC, indoor.decimals)}, and ${work}`,
    };
  }
  if (reading.mode === 'aux_only') {
    return {
      tone: 'watch',
      lead: 'The house is heated with electricity only.',
      rest: ' That costs several times as much as with the heat pump.',
      advice: 'Look at the display of the heat pump for the reason.',
    };
  }
  return {
    tone: 'ok',
    lead: 'All is well.',
    rest:
      inside === undefined
        ? ` ${work.charAt(0).toUpperCase()}${work.slice(1)}`
        : ` It is ${inside}, and ${work}`,
  };
}
