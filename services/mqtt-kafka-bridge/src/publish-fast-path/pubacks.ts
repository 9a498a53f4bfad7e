const pubackBytes = 4;
const pubackType = 0x40;

/** Consecutive PUBACK packets with reason "success". */
export function pubacks(messageIds: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(messageIds.length * pubackBytes);
  let offset = 0;
  for (const messageId of messageIds) {
    buffer[offset] = pubackType;
    buffer[offset + 1] = 2;
    buffer.writeUInt16BE(messageId, offset + 2);
    offset += pubackBytes;
  }
  return buffer;
}
