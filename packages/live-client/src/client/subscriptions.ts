import type { ClientFrame } from '../protocol/client-frames.ts';
import { advanced } from '../protocol/position.ts';
import type { Position } from '../protocol/position.ts';
import type { ServerFrame } from '../protocol/server-frames.ts';
import type { LiveListener, LiveQuery } from './types.ts';

interface Subscription {
  readonly id: string;
  readonly query: LiveQuery;
  readonly listener: LiveListener;
  /** What has been read, in whichever connection. */
  position: Position | undefined;
  /** In this connection. */
  channel: string | undefined;
}

/** What a client follows, and how far it has read. */
export class Subscriptions {
  private readonly all = new Map<string, Subscription>();
  private count = 0;

  /** Adds one; returns its id. */
  add(query: LiveQuery, listener: LiveListener): string {
    this.count += 1;
    const id = `s${this.count}`;
    const position = undefined;
    this.all.set(id, { id, query, listener, position, channel: undefined });
    return id;
  }

  delete(id: string): void {
    this.all.delete(id);
  }

  /** The frames that begin every subscription in a new connection. */
  begin(): ClientFrame[] {
    return [...this.all.values()].map(one => {
      one.channel = undefined;
      return frameOf(one);
    });
  }

  /** The frame that begins one subscription. */
  frameFor(id: string): ClientFrame | undefined {
    const one = this.all.get(id);
    return one && frameOf(one);
  }

  /** Takes a frame of the server; returns whether it told readings. */
  take(frame: ServerFrame): boolean {
    switch (frame.type) {
      case 'subscribed': {
        const one = this.all.get(frame.id);
        if (one !== undefined) one.channel = frame.channel;
        return false;
      }
      case 'gap':
        for (const one of this.in(frame.channel)) {
          one.position = undefined;
          one.listener.onGap?.(frame.reason);
        }
        return false;
      case 'snapshot': {
        const { sentAt, readings, position } = frame;
        for (const one of this.in(frame.channel)) {
          one.position = position;
          one.listener.onSnapshot(readings, { sentAt, joined: 0 });
        }
        return true;
      }
      case 'changes': {
        const { sentAt, joined, readings, position } = frame;
        for (const one of this.in(frame.channel)) {
          const isNews = !isWithin(one.position, position);
          if (isNews) one.position = advanced(one.position, position);
          if (isNews && readings.length > 0)
            one.listener.onChanges(readings, { sentAt, joined });
        }
        return true;
      }
      default:
        return false;
    }
  }

  /** More than one where the same is followed twice. */
  private in(channel: string): Subscription[] {
    return [...this.all.values()].filter(one => one.channel === channel);
  }
}

function frameOf({ id, query, position }: Subscription): ClientFrame {
  const { stream, deviceIds, fields } = query;
  return {
    type: 'subscribe',
    id,
    stream,
    ...(deviceIds !== undefined && { deviceIds: [...deviceIds] }),
    ...(fields !== undefined && { fields: [...fields] }),
    ...(position !== undefined && { resumeFrom: position }),
  };
}

/** Whether all of an advance was read before, as by another subscription to the same. */
function isWithin(known: Position | undefined, by: Position): boolean {
  const advances = Object.entries(by.offsets);
  // Only the last frame of several tells a position.
  if (known?.epoch !== by.epoch || advances.length === 0) return false;
  return advances.every(([partition, offset]) => {
    const read = known.offsets[partition];
    return read !== undefined && BigInt(offset) <= BigInt(read);
  });
}
