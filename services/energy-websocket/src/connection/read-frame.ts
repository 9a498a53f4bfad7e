import { clientFrameSchema } from '@homelab/live-client';
import type { ClientFrame, SubscribeFrame } from '@homelab/live-client';
import { isStream, measurementsOf } from '@homelab/telemetry';
import { z } from 'zod';
import type { Hub } from '../fanout/hub.ts';
import { FrameError } from './frame-error.ts';

/** As much of what a client sent as an answer repeats. */
const maxRepeated = 60;

/** Reads a frame of a client. Throws a {@link FrameError}. */
export function readFrame(bytes: Buffer, isBinary: boolean): ClientFrame {
  if (isBinary) throw malformed('Frames are text, not binary.');
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw malformed('The frame is not JSON.');
  }
  const parsed = clientFrameSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const unknown = unknownStream(value);
  if (unknown !== undefined)
    throw new FrameError('stream_unknown', `There is no stream ${unknown}.`);
  const [issue] = parsed.error.issues;
  throw malformed(
    `The frame is not valid at ${issue?.path.join('.') || 'its root'}: ${issue?.message.slice(0, 200) ?? 'it cannot be read'}.`,
  );
}

/** Checks that what a client wants to follow exists. Throws a {@link FrameError}. */
export function requireKnown(
  { id, stream, deviceIds = [], fields = [] }: SubscribeFrame,
  hub: Pick<Hub, 'knows'>,
): void {
  const device = deviceIds.find(one => !hub.knows(stream, one));
  if (device !== undefined)
    throw new FrameError(
      'device_unknown',
      `No device ${quoted(device)} of the stream ${stream} has ever sent a reading.`,
      id,
    );
  const names = new Set<string>(measurementsOf(stream).map(([name]) => name));
  const field = fields.find(one => !names.has(one));
  if (field !== undefined)
    throw new FrameError(
      'field_unknown',
      `The stream ${stream} has no field ${quoted(field)}.`,
      id,
    );
}

const subscribing = z.object({
  type: z.literal('subscribe'),
  stream: z.string(),
});

function unknownStream(value: unknown): string | undefined {
  const { data } = subscribing.safeParse(value);
  return data === undefined || isStream(data.stream)
    ? undefined
    : quoted(data.stream);
}

const quoted = (text: string) => JSON.stringify(text.slice(0, maxRepeated));

function malformed(message: string): FrameError {
  return new FrameError('frame_malformed', message);
}
