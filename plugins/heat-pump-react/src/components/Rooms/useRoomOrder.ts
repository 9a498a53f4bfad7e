import type { TemperatureDeviceReading } from '@homelab/heat-pump';
import { useMemo } from 'react';
import { newestFirst } from './roomOrder';

/**
 * Rooms by their newest reading when they were first seen together. The order stays while
 * readings arrive, so that no row moves away from a finger; a new sensor renews it.
 */
export function useRoomOrder(
  rooms: readonly TemperatureDeviceReading[],
): TemperatureDeviceReading[] {
  const known = rooms.map(({ deviceId }) => deviceId).join('\n');
  const order = useMemo(
    () => newestFirst(rooms).map(({ deviceId }) => deviceId),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a new sensor renews the order
    [known],
  );
  return order.flatMap(
    id => rooms.find(({ deviceId }) => deviceId === id) ?? [],
  );
}
