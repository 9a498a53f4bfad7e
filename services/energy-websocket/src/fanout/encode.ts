import type { GapReason, LiveReading, Position } from '@homelab/live-client';

/** What of each reading a subscription wants; undefined for everything. */
export type Fields = readonly string[] | undefined;

/** The part of a frame that readings may fill; a reading is never divided. */
const maxFrameChars = 65_536;

/** Encodes readings, each once for the same fields until `forget` is called. */
export interface ReadingEncoder {
  encode(reading: LiveReading, fields: Fields): string;
  forget(): void;
}

/** Creates an encoder. Unknown fields are left out. */
export function createReadingEncoder(): ReadingEncoder {
  /** By the fields, as two subscriptions may want the same of different devices. */
  const known = new Map<string, Map<LiveReading, string>>();
  return {
    encode(reading, fields) {
      const key = fields?.join(',') ?? '';
      const ofFields = known.get(key) ?? new Map<LiveReading, string>();
      known.set(key, ofFields);
      let text = ofFields.get(reading);
      if (text === undefined) {
        text = textOf(reading, fields);
        ofFields.set(reading, text);
      }
      return text;
    },
    forget: () => known.clear(),
  };
}

const always = ['timestamp', 'device_id'];

function textOf(live: LiveReading, fields: Fields): string {
  const all: Readonly<Record<string, unknown>> = live.reading;
  const names =
    fields === undefined ? Object.keys(all) : [...always, ...fields];
  const reading: Record<string, unknown> = {};
  for (const name of names) {
    const value = all[name];
    if (value !== null && value !== undefined) reading[name] = value;
  }
  const wholeFields =
    fields === undefined
      ? live.wholeFields
      : live.wholeFields.filter(name => fields.includes(name));
  return JSON.stringify({ ...live, wholeFields, reading });
}

/** Groups of readings that fit into one frame each; none for no readings. */
export function inFrames(texts: readonly string[]): string[][] {
  const groups: string[][] = [];
  let chars = Infinity;
  for (const text of texts) {
    if (chars + text.length > maxFrameChars) {
      groups.push([]);
      chars = 0;
    }
    groups.at(-1)?.push(text);
    chars += text.length;
  }
  return groups;
}

/** A frame `snapshot` or `changes` of readings that are encoded already. */
export function readingsFrame(options: {
  type: 'snapshot' | 'changes';
  channel: string;
  sentAtMs: number;
  position: Position;
  texts: readonly string[];
  joined: number;
}): Buffer {
  const { type, channel, sentAtMs, position, texts, joined } = options;
  const head = JSON.stringify({
    type,
    channel,
    sentAt: new Date(sentAtMs).toISOString(),
    position,
    ...(type === 'changes' && { joined }),
  });
  return Buffer.from(`${head.slice(0, -1)},"readings":[${texts.join(',')}]}`);
}

/** A frame `gap`. */
export function gapFrame(
  channel: string,
  reason: GapReason,
  sentAtMs: number,
): Buffer {
  const sentAt = new Date(sentAtMs).toISOString();
  return Buffer.from(JSON.stringify({ type: 'gap', channel, sentAt, reason }));
}
