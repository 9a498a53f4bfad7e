/** A PUBLISH packet of QoS 0 or 1, as MQTT 5 frames it. */
export interface PublishPacket {
  readonly mqttTopic: string;
  /** A view into the bytes that were read: copy it to keep it. */
  readonly payload: Buffer;
  readonly retained: boolean;
  /** Absent for QoS 0. */
  readonly messageId: number | undefined;
}

/** Takes the bytes of one connection as they arrive. */
export interface PublishSplitter {
  push(chunk: Buffer): void;
  /** Stops after the current packet; later bytes are kept. */
  pause(): void;
  resume(): void;
}

const publishType = 3;
const lengthBytesAtMost = 4;
const moreBytes = 0x80;

/**
 * Creates a splitter for what an MQTT 5 broker sends: PUBLISH packets with QoS 0 and 1 go to
 * `onPublish`, all other packets to `onRest` byte for byte, in order. A general parser takes
 * several times as long per message. Bytes that it cannot frame, and everything after them, go
 * to `onRest`, whose reader will refuse them. A connection that uses topic aliases must not be
 * split: a packet without a topic counts as unreadable.
 */
export function createPublishSplitter(deps: {
  onPublish: (packet: PublishPacket) => void;
  onRest: (bytes: Buffer) => void;
}): PublishSplitter {
  const { onPublish, onRest } = deps;
  let parts: Buffer[] = [];
  let heldBytes = 0;
  /** The size of the current packet in bytes, if known. */
  let wantedBytes = 0;
  let unreadable = false;
  let paused = false;

  function hold(bytes: Buffer, wanted: number): void {
    parts = bytes.length > 0 ? [bytes] : [];
    heldBytes = bytes.length;
    wantedBytes = wanted;
  }

  /** Takes complete packets off the front; keeps the rest for the next chunk. */
  function split(bytes: Buffer): void {
    let start = 0;
    while (start < bytes.length && !paused) {
      const frame = frameAt(bytes, start);
      if (frame === 'malformed') {
        unreadable = true;
        return onRest(bytes.subarray(start));
      }
      if (frame === undefined) return hold(bytes.subarray(start), 0);
      if (frame.end > bytes.length)
        return hold(bytes.subarray(start), frame.end - start);
      const packet = publishIn(bytes, start, frame);
      if (packet === 'malformed') {
        unreadable = true;
        return onRest(bytes.subarray(start));
      }
      if (packet === undefined) onRest(bytes.subarray(start, frame.end));
      else onPublish(packet);
      start = frame.end;
    }
    hold(bytes.subarray(start), 0);
  }

  function splitHeld(): void {
    if (!paused && heldBytes > 0 && heldBytes >= wantedBytes)
      split(Buffer.concat(parts, heldBytes));
  }

  return {
    push(chunk) {
      if (unreadable) return onRest(chunk);
      if (heldBytes === 0) return split(chunk);
      parts.push(chunk);
      heldBytes += chunk.length;
      splitHeld();
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      splitHeld();
    },
  };
}

interface Frame {
  /** Start of the variable header. */
  readonly body: number;
  /** End of the packet (exclusive). */
  readonly end: number;
}

/** The frame of the packet that starts here; `undefined` while its length is incomplete. */
function frameAt(
  bytes: Buffer,
  start: number,
): Frame | 'malformed' | undefined {
  let length = 0;
  for (let index = 0; index < lengthBytesAtMost; index += 1) {
    const byte = bytes[start + 1 + index];
    if (byte === undefined) return undefined;
    length += (byte & ~moreBytes) * 128 ** index;
    if ((byte & moreBytes) !== 0) continue;
    const body = start + 2 + index;
    return { body, end: body + length };
  }
  return 'malformed';
}

/** The PUBLISH packet in a frame; `undefined` for another packet or QoS 2. */
function publishIn(
  bytes: Buffer,
  start: number,
  { body, end }: Frame,
): PublishPacket | 'malformed' | undefined {
  const first = bytes[start] ?? 0;
  const qos = (first >> 1) & 3;
  if (first >> 4 !== publishType || qos > 1) return undefined;
  if (body + 2 > end) return 'malformed';
  const topicEnd = body + 2 + bytes.readUInt16BE(body);
  const idEnd = topicEnd + (qos === 0 ? 0 : 2);
  if (topicEnd === body + 2 || idEnd >= end) return 'malformed';
  const payloadStart = behindProperties(bytes, idEnd, end);
  if (payloadStart === undefined) return 'malformed';
  return {
    mqttTopic: bytes.toString('utf8', body + 2, topicEnd),
    payload: bytes.subarray(payloadStart, end),
    retained: (first & 1) === 1,
    messageId: qos === 0 ? undefined : bytes.readUInt16BE(topicEnd),
  };
}

/** Start of the payload; `undefined` when the properties do not fit into the packet. */
function behindProperties(
  bytes: Buffer,
  start: number,
  end: number,
): number | undefined {
  // Almost always there are no properties: a single zero byte.
  if (bytes[start] === 0) return start + 1;
  const frame = frameAt(bytes.subarray(0, end), start - 1);
  if (frame === undefined || frame === 'malformed') return undefined;
  return frame.end <= end ? frame.end : undefined;
}
