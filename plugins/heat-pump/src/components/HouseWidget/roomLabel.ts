/** Digits in one word: more likely printed on a device than given to a room. */
const hardwareId = /^(?=.*\p{N})\S+$/u;

const separators = /[_/]|(?<=\p{L})-(?=\p{L})/gu;

/**
 * What pages call a room or a sensor: "Living room" for `living_room`. What looks like
 * the id of a device, such as `0x00158d0001`, is left as it is, so that it can be found.
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
