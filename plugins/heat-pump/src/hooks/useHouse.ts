import { useApi } from '@backstage/frontend-plugin-api';
import type { DeviceReading } from '@homelab/heat-pump';
import type { House } from '@homelab/plugin-heat-pump-common';
import { useEffect, useReducer } from 'react';
import { heatPumpApiRef } from '../api';
import type { Connection } from '../api';

/** The house as followed live. */
export interface LiveHouse {
  /** `undefined` until the first snapshot. */
  house: House | undefined;
  connection: Connection;
  /** Server clock minus browser clock, in milliseconds. */
  clockOffsetMs: number;
}

type Change =
  | { type: 'snapshot'; house: House; nowMs: number }
  | { type: 'reading'; reading: DeviceReading; sentAt: string; nowMs: number }
  | {
      type: 'sources';
      sources: House['sources'];
      sentAt: string;
      nowMs: number;
    }
  | { type: 'connection'; connection: Connection };

const initial: LiveHouse = {
  house: undefined,
  connection: { state: 'connecting' },
  clockOffsetMs: 0,
};

function replaced<R extends DeviceReading>(readings: R[], reading: R): R[] {
  const isSame = (other: R) => other.deviceId === reading.deviceId;
  return readings.some(isSame)
    ? readings.map(other => (isSame(other) ? reading : other))
    : [...readings, reading];
}

/** The house with one device's newer reading. */
export function withReading(house: House, reading: DeviceReading): House {
  switch (reading.stream) {
    case 'heatpump':
      return { ...house, heatPumps: replaced(house.heatPumps, reading) };
    case 'temperature':
      return { ...house, rooms: replaced(house.rooms, reading) };
    case 'energy':
      // The server decides which meter is the house's.
      return house.meter?.deviceId === reading.deviceId
        ? { ...house, meter: reading }
        : house;
    default:
      return house;
  }
}

function reduce(state: LiveHouse, change: Change): LiveHouse {
  if (change.type === 'connection') {
    return { ...state, connection: change.connection };
  }
  const sentAt =
    change.type === 'snapshot' ? change.house.sentAt : change.sentAt;
  const clockOffsetMs = Date.parse(sentAt) - change.nowMs;
  if (change.type === 'snapshot') {
    return { ...state, house: change.house, clockOffsetMs };
  }
  if (state.house === undefined) return state;
  if (change.type === 'sources') {
    const house = { ...state.house, sources: change.sources };
    return { ...state, house, clockOffsetMs };
  }
  const house = withReading(state.house, change.reading);
  return { ...state, house, clockOffsetMs };
}

/** Follows the house live for as long as the component is shown. */
export function useHouse(): LiveHouse {
  const api = useApi(heatPumpApiRef);
  const [state, change] = useReducer(reduce, initial);
  useEffect(
    () =>
      api.followHouse({
        onSnapshot: house =>
          change({ type: 'snapshot', house, nowMs: Date.now() }),
        onReading: (reading, sentAt) =>
          change({ type: 'reading', reading, sentAt, nowMs: Date.now() }),
        onSources: (sources, sentAt) =>
          change({ type: 'sources', sources, sentAt, nowMs: Date.now() }),
        onConnection: connection => change({ type: 'connection', connection }),
      }),
    [api],
  );
  return state;
}
