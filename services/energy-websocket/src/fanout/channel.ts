import type { GapReason, LiveReading, Position } from '@homelab/live-client';
import type { LiveMetrics } from '../metrics.ts';
import type { StreamState } from '../source/stream-state.ts';
import { gapFrame, inFrames, readingsFrame } from './encode.ts';
import type { Fields, ReadingEncoder } from './encode.ts';

/** Where frames for a client go. */
export interface Outlet {
  /** Bytes that wait to be taken by the client. */
  waitingBytes(): number;
  /** Sends a frame, or ends the connection when too much waits already. */
  send(frame: Buffer): void;
}

/** A client in a channel, and what it has been told. */
export interface Member {
  readonly outlet: Outlet;
  /** Gets the frames that all get; otherwise it is still being told what came before. */
  isLive: boolean;
  /** The next frame replaces all that it knows. */
  needsSnapshot: boolean;
  /** Readings that it missed before it came, oldest first, and where these end. */
  missed:
    | { readings: readonly LiveReading[]; at: number; position: Position }
    | undefined;
  /** The number of changes of the stream, and of the channel, that it knows. */
  toldChanges: number;
  toldOwn: number;
}

/** All clients that follow the same of a stream, who get the same frames. */
export interface Channel {
  readonly name: string;
  readonly state: StreamState;
  size(): number;
  /** Takes a newer reading of the stream; returns whether it belongs here. */
  offer(reading: LiveReading): boolean;
  /** Tells what has changed since the last time. */
  flush(): void;
  /** Whether someone has yet to be told what came before. */
  hasLaggards(): boolean;
  /** Adds a client that knows nothing, or has missed these readings. Call `flush` before. */
  join(outlet: Outlet, missed?: readonly LiveReading[]): Member;
  leave(member: Member): void;
  /** Tells one member what it does not know yet, as far as it takes it. */
  catchUp(member: Member): void;
  /** Tells all that readings were lost, and what is known. */
  restart(reason: GapReason): void;
  /** Tells the position, for when nothing here has changed for long. */
  tellPosition(): void;
}

/** Creates a channel of a stream. */
export function createChannel(deps: {
  name: string;
  state: StreamState;
  deviceIds: ReadonlySet<string> | undefined;
  fields: Fields;
  softBytes: number;
  encoder: ReadingEncoder;
  metrics: LiveMetrics;
  now: () => number;
}): Channel {
  const { name, state, deviceIds, fields, encoder, metrics, now } = deps;
  const members = new Set<Member>();
  const laggards = new Set<Member>();
  /** The newest reading of each device that has changed since the last flush. */
  const pending = new Map<string, LiveReading>();
  let joined = 0;
  /** Changes that belong here, ever; and as of the last flush, also of the stream. */
  let own = 0;
  let flushedOwn = 0;
  let flushedChanges = state.changes();
  let told: Position = { epoch: '', offsets: {} };

  const isOurs = (deviceId: string) => deviceIds?.has(deviceId) ?? true;

  function advance(): Position {
    const position = state.log.position();
    if (position.epoch !== told.epoch) {
      told = position;
      return position;
    }
    const offsets = Object.fromEntries(
      Object.entries(position.offsets).filter(
        ([partition, offset]) => told.offsets[partition] !== offset,
      ),
    );
    told = position;
    return { epoch: position.epoch, offsets };
  }

  /** Frames of readings; only the last one tells the position, as only then all is told. */
  function framesOf(options: {
    type: 'snapshot' | 'changes';
    readings: readonly LiveReading[];
    position: Position;
    joined: number;
    isLast: boolean;
  }): Buffer[] {
    const { type, readings, position, isLast } = options;
    const groups = inFrames(readings.map(one => encoder.encode(one, fields)));
    if (groups.length === 0) groups.push([]);
    return groups.map((texts, index) => {
      const isEnd = isLast && index === groups.length - 1;
      metrics.encoded.inc();
      return readingsFrame({
        type: index === 0 ? type : 'changes',
        channel: name,
        sentAtMs: now(),
        position: isEnd ? position : { epoch: position.epoch, offsets: {} },
        texts,
        joined: isEnd ? options.joined : 0,
      });
    });
  }

  /** Those who get what all get; who has not taken enough falls back to the newest readings. */
  function takers(): Outlet[] {
    const outlets: Outlet[] = [];
    for (const member of members) {
      if (!member.isLive) continue;
      const { outlet } = member;
      if (outlet.waitingBytes() <= deps.softBytes) {
        outlets.push(outlet);
        continue;
      }
      member.isLive = false;
      member.toldChanges = flushedChanges;
      member.toldOwn = flushedOwn;
      laggards.add(member);
      metrics.conflated.inc();
    }
    return outlets;
  }

  /** Nothing is encoded for nobody: what stalled clients follow would otherwise cost the others. */
  function sendToAll(encode: () => readonly Buffer[]): void {
    const outlets = takers();
    if (outlets.length === 0) return;
    const frames = encode();
    for (const outlet of outlets)
      for (const frame of frames) outlet.send(frame);
  }

  /** Everything until now was told, or is told to laggards from the newest readings. */
  function noteFlushed(): void {
    flushedOwn = own;
    flushedChanges = state.changes();
  }

  const channel: Channel = {
    name,
    state,
    size: () => members.size,
    hasLaggards: () => laggards.size > 0,
    offer(reading) {
      const { deviceId } = reading;
      if (!isOurs(deviceId)) return false;
      own += 1;
      if (pending.delete(deviceId)) joined += 1;
      // Last, so that readings are told in the order of their last change.
      pending.set(deviceId, reading);
      return true;
    },
    flush() {
      if (pending.size > 0) {
        const readings = [...pending.values()];
        pending.clear();
        metrics.joined.inc(joined);
        sendToAll(() =>
          framesOf({
            type: 'changes',
            readings,
            position: advance(),
            joined,
            isLast: true,
          }),
        );
        joined = 0;
      }
      noteFlushed();
      for (const member of laggards) channel.catchUp(member);
    },
    join(outlet, missed) {
      const member: Member = {
        outlet,
        isLive: false,
        needsSnapshot: missed === undefined,
        missed: missed && {
          readings: missed.filter(({ deviceId }) => isOurs(deviceId)),
          at: 0,
          position: state.log.position(),
        },
        toldChanges: missed === undefined ? 0 : flushedChanges,
        toldOwn: flushedOwn,
      };
      members.add(member);
      laggards.add(member);
      return member;
    },
    leave(member) {
      members.delete(member);
      laggards.delete(member);
    },
    catchUp(member) {
      const { outlet } = member;
      const hasRoom = () =>
        members.has(member) && outlet.waitingBytes() <= deps.softBytes;
      while (member.missed !== undefined && hasRoom()) {
        const { missed } = member;
        const { readings, isLast } = portion(
          missed.readings.slice(missed.at, missed.at + maxPortion),
          missed.readings.length - missed.at,
        );
        missed.at += readings.length;
        if (isLast) member.missed = undefined;
        const { position } = missed;
        const type = 'changes';
        for (const frame of framesOf({
          type,
          readings,
          position,
          joined: 0,
          isLast,
        }))
          outlet.send(frame);
      }
      while (!member.isLive && member.missed === undefined && hasRoom()) {
        const rest = [...state.changedAfter(member.toldChanges)];
        const ours = rest.filter(([, { deviceId }]) => isOurs(deviceId));
        const isUpToDate = ours.length === 0 && !member.needsSnapshot;
        const { readings, isLast } = portion(
          ours.slice(0, maxPortion).map(([, reading]) => reading),
          ours.length,
        );
        if (!isUpToDate)
          for (const frame of framesOf({
            type: member.needsSnapshot ? 'snapshot' : 'changes',
            readings,
            position: state.log.position(),
            joined: member.needsSnapshot
              ? 0
              : Math.max(0, flushedOwn - member.toldOwn - readings.length),
            isLast,
          }))
            outlet.send(frame);
        member.needsSnapshot = false;
        member.toldOwn = isLast ? flushedOwn : member.toldOwn + readings.length;
        member.toldChanges = isLast
          ? state.changes()
          : (ours[readings.length - 1]?.[0] ?? state.changes());
        if (!isLast) continue;
        member.isLive = true;
        laggards.delete(member);
      }
    },
    restart(reason) {
      pending.clear();
      joined = 0;
      told = { epoch: '', offsets: {} };
      noteFlushed();
      const frame = gapFrame(name, reason, now());
      for (const member of members) {
        member.isLive = false;
        member.needsSnapshot = true;
        member.missed = undefined;
        member.toldChanges = 0;
        laggards.add(member);
        member.outlet.send(frame);
        channel.catchUp(member);
      }
    },
    tellPosition() {
      if (pending.size > 0) return;
      const position = advance();
      if (Object.keys(position.offsets).length === 0) return;
      sendToAll(() =>
        framesOf({
          type: 'changes',
          readings: [],
          position,
          joined: 0,
          isLast: true,
        }),
      );
    },
  };
  return channel;
}

/** Readings that a client is told before it is looked whether it takes them. */
const maxPortion = 50;

function portion(readings: readonly LiveReading[], available: number) {
  return { readings, isLast: readings.length === available };
}
