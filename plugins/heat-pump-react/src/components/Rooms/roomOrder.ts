import type { TemperatureDeviceReading } from '@homelab/heat-pump';
import { roomLabel } from '../measurements';

/** The name of a room, or that of its sensor. */
export function roomName(room: TemperatureDeviceReading): string {
  return roomLabel(room.reading.room ?? room.deviceId);
}

/** Rooms by their newest reading, the newest first, so that a new sensor is at the top. */
export function newestFirst(
  rooms: readonly TemperatureDeviceReading[],
): TemperatureDeviceReading[] {
  return [...rooms].sort(
    (a, b) =>
      Date.parse(b.asOf) - Date.parse(a.asOf) ||
      roomName(a).localeCompare(roomName(b)),
  );
}
