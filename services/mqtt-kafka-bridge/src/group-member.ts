import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { BatchHandler, RecordConsumer } from '@homelab/kafka';
import type { Backoff, ConnectionState } from '@homelab/service-kit';

/** A batch that has to be delivered again: the partition was lost, or the bridge stops. */
export class Unfinished extends Error {
  readonly retryable = true;
  constructor(cause?: unknown) {
    super('The batch is not finished.', { cause });
    this.name = 'Unfinished';
  }
}

/** A member of a consumer group that rejoins it after every failure. */
export interface GroupMember {
  /** Joins the group, retrying until stopped. */
  start(): void;
  /** Finishes the batch in hand and leaves the group. May be called twice. */
  stop(): Promise<void>;
  /** Aborted once `stop` is called. */
  readonly stopping: AbortSignal;
  /** Not ok when the member has been out of the group for more than a minute. */
  state(): ConnectionState;
  /** Numbers of the partitions this member holds now. */
  assigned(): number[];
}

interface GroupMemberDeps {
  readonly createConsumer: () => RecordConsumer;
  /** The Kafka topic to read. */
  readonly topic: string;
  readonly onBatch: BatchHandler;
  readonly onJoined: () => void;
  /** Called when a join fails and when a consumer has failed for good. */
  readonly onFailure: (error: unknown) => void;
  readonly backoff: Backoff;
  readonly now: () => number;
}

/** After a member was killed, the group pauses until its session times out. */
const joinGraceMs = 60_000;

/** Creates a group member; each attempt gets a new consumer. */
export function createGroupMember(deps: GroupMemberDeps): GroupMember {
  const { topic, onBatch, onJoined, onFailure, backoff, now } = deps;
  const aborter = new AbortController();
  const { signal } = aborter;
  let consumer: RecordConsumer | undefined;
  let running: Promise<void> = Promise.resolve();
  let downSinceMs: number | undefined;

  async function run(): Promise<void> {
    const stopped = once(signal, 'abort');
    while (!signal.aborted) {
      const current = deps.createConsumer();
      consumer = current;
      try {
        await current.start({ topics: [topic], onBatch });
        onJoined();
        backoff.reset();
        await Promise.race([current.failed, stopped]);
      } catch (error) {
        if (signal.aborted) return;
        onFailure(error);
        await current.stop().catch(() => {});
        await delay(backoff.nextMs(), undefined, { signal }).catch(() => {});
      }
    }
  }

  return {
    stopping: signal,
    start() {
      running = run();
    },
    async stop() {
      aborter.abort();
      await consumer?.stop();
      await running;
    },
    state() {
      const state = consumer?.state() ?? { ok: false, detail: 'not started' };
      if (state.ok) {
        downSinceMs = undefined;
        return state;
      }
      downSinceMs ??= now();
      // Joining takes a while after a crash, and delays no message from MQTT.
      return now() - downSinceMs < joinGraceMs ? { ok: true } : state;
    },
    assigned: () =>
      (consumer?.assigned() ?? []).map(({ partition }) => partition),
  };
}
