import type { DeviceReading } from '@homelab/heat-pump';
import type { House, Sources } from '@homelab/plugin-heat-pump-common/messages';
import { useEffect, useReducer } from 'react';

/** Callbacks of a live connection; see {@link useLiveHouse}. */
export interface HouseFollower {
  onSnapshot(house: House): void;
  onReading(reading: DeviceReading, sentAt: string): void;
  onSources(sources: Sources, sentAt: string): void;
  onConnection(connection: Connection): void;
}

/** The state of the live connection of a page to its server. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'open' }
  | { state: 'lost'; sinceMs: number; error: Error }
  /** Retrying is pointless: the user lacks the permission. */
  | { state: 'refused'; error: Error };

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

/**
 * Times of messages differ by how long each took. A clock that moved with every message would change
 * all ages of the view with it.
 */
const jitterMs = 500;

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
      return {
        ...house,
        meters: replaced(house.meters, reading),
        // The server decides which meter is the house's.
        meter:
          house.meter?.deviceId === reading.deviceId ? reading : house.meter,
      };
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
  const offsetMs = Date.parse(sentAt) - change.nowMs;
  const isJitter = Math.abs(offsetMs - state.clockOffsetMs) < jitterMs;
  const clockOffsetMs = isJitter ? state.clockOffsetMs : offsetMs;
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

/**
 * Follows the house live for as long as the component is shown.
 *
 * @param follow starts following and returns a function that stops it; a new one follows anew
 */
export function useLiveHouse(
  follow: (follower: HouseFollower) => () => void,
): LiveHouse {
  const [state, change] = useReducer(reduce, initial);
  useEffect(
    () =>
      follow({
        onSnapshot: house =>
          change({ type: 'snapshot', house, nowMs: Date.now() }),
        onReading: (reading, sentAt) =>
          change({ type: 'reading', reading, sentAt, nowMs: Date.now() }),
        onSources: (sources, sentAt) =>
          change({ type: 'sources', sources, sentAt, nowMs: Date.now() }),
        onConnection: connection => change({ type: 'connection', connection }),
      }),
    [follow],
  );
  return state;
}
