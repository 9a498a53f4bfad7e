import { mainHeatPump, mainMeter } from '@homelab/heat-pump';
import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
  TemperatureDeviceReading,
} from '@homelab/heat-pump';
import { createLiveClient } from '@homelab/live-client';
import { useMemo, useSyncExternalStore } from 'react';
import { usePreferences } from '../app/preferences.ts';
import { createHouseStore } from './house-store.ts';
import type { HouseState } from './house-store.ts';

const { protocol, host } = location;
const secure = protocol === 'https:' ? 's' : '';

/** The house, followed by way of the page's own server, which adds the token. */
export const houseStore = createHouseStore({
  client: createLiveClient({ url: `ws${secure}://${host}/api/v1/live` }),
  storage: localStorage,
});

/** The house as the views need it. */
export interface House {
  readonly heatPumps: readonly HeatpumpDeviceReading[];
  /** The one to show. */
  readonly heatPump: HeatpumpDeviceReading | undefined;
  readonly meters: readonly EnergyDeviceReading[];
  /** The one of the house, if it is known which one that is. */
  readonly meter: EnergyDeviceReading | null;
  readonly rooms: readonly TemperatureDeviceReading[];
  /** False until the first answer, when nothing is remembered either. */
  readonly isKnown: boolean;
  readonly state: HouseState;
}

/** Follows what is known of the house. */
export function useHouse(): House {
  const state = useSyncExternalStore(houseStore.subscribe, houseStore.state);
  const { meterId, heatPumpId } = usePreferences();
  return useMemo(
    () => houseOf(state, { meterId, heatPumpId }),
    [state, meterId, heatPumpId],
  );
}

function houseOf(
  state: HouseState,
  chosen: { meterId: string | undefined; heatPumpId: string | undefined },
): House {
  const nowMs = Date.now() + state.clockOffsetMs;
  const heatPumps = [...state.readings.heatpump.values()].filter(
    one => one.stream === 'heatpump',
  );
  const meters = [...state.readings.energy.values()].filter(
    one => one.stream === 'energy',
  );
  const rooms = [...state.readings.temperature.values()].filter(
    one => one.stream === 'temperature',
  );
  return {
    heatPumps,
    heatPump:
      heatPumps.find(({ deviceId }) => deviceId === chosen.heatPumpId) ??
      mainHeatPump(heatPumps, nowMs),
    meters,
    meter: mainMeter(meters, chosen.meterId, nowMs),
    rooms,
    isKnown: state.known.size === Object.keys(state.readings).length,
    state,
  };
}
