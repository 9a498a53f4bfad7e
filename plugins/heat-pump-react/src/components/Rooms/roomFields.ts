/** Fields of a room sensor fetched for its charts. */
export const roomFields: readonly string[] = [
  'temperature',
  'humidity',
  'battery',
];
