/** One word with digits: more likely a device id than the name of a room. */
const hardwareId = /^(?=.*\p{N})\S+$/u;

const separators = /[_/]|(?<=\p{L})-(?=\p{L})/gu;

/**
 * The display name of a room or sensor: "Living room" for `living_room`. A name that looks like a
 * device id, such as `0x00158d0001`, is unchanged, so that it can be searched for.
 */
export function roomLabel(roomOrDeviceId: string): string {
  if (hardwareId.test(roomOrDeviceId)) return roomOrDeviceId;
  const words = roomOrDeviceId
    .replaceAll(separators, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const [first = roomOrDeviceId, ...rest] = words;
  return [first.toLocaleUpperCase('en'), ...rest].join('');
}
