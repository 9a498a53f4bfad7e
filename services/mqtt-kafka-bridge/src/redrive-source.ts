import { batchesOf } from '@homelab/kafka';
import type {
  OutgoingRecord,
  RecordBatch,
  RecordConsumer,
} from '@homelab/kafka';
import type {
  Backoff,
  ConnectionState,
  Logger,
  LogLimiter,
} from '@homelab/service-kit';
import { createGroupMember, Unfinished } from './group-member.ts';
import type { BridgeMetrics } from './metrics.ts';
import { redrivenMessage } from './redriven-message.ts';
import type { Translate } from './translate-message.ts';

/** Consumes redriven dead letters and translates them again. */
export interface RedriveSource {
  /** Starts, and keeps running whatever happens to Kafka. */
  start(): void;
  /** Finishes the current batch. May be called twice. */
  stop(): Promise<void>;
  /** Not ok while redriven messages are held up. */
  state(): ConnectionState;
}

interface RedriveSourceDeps {
  readonly createConsumer: () => RecordConsumer;
  /** The Kafka topic of redriven messages. */
  readonly topic: string;
  readonly translate: Translate;
  /** Resolves when every record is acknowledged by Kafka. */
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  readonly backoff: Backoff;
  readonly metrics: Pick<BridgeMetrics, 'redriven'>;
  readonly logger: Logger;
  readonly logLimiter: LogLimiter;
  readonly now?: () => number;
}

/** Creates the source; a message is done once Kafka has its records. */
export function createRedriveSource(deps: RedriveSourceDeps): RedriveSource {
  const { topic, translate, send, metrics, logger, logLimiter } = deps;
  const { now = Date.now } = deps;
  const member = createGroupMember({
    createConsumer: deps.createConsumer,
    topic,
    onBatch,
    onJoined() {
      // The earlier failure is over, even if no message follows.
      failure = undefined;
    },
    onFailure: noteFailure,
    backoff: deps.backoff,
    now,
  });
  const { stopping } = member;
  let failure: string | undefined;

  async function onBatch(batch: RecordBatch): Promise<void> {
    const atMs = now();
    const translations = batch.records.map(record =>
      translate(redrivenMessage(record, atMs)),
    );
    try {
      const records = translations.flatMap(one => one.records);
      for (const outgoing of batchesOf(records)) {
        if (batch.isStale() || stopping.aborted) throw new Unfinished();
        await send(outgoing);
      }
    } catch (error) {
      throw stopping.aborted ? new Unfinished() : noteFailure(error);
    }
    for (const translation of translations) metrics.redriven(translation);
    // Last: after any earlier failure the messages are read again, and give the same readings.
    await batch.commit();
    failure = undefined;
  }

  /** Nothing is dropped: records that Kafka refuses wait, and readiness says why. */
  function noteFailure(error: unknown): Unfinished {
    if (error instanceof Unfinished) return error;
    failure = error instanceof Error ? error.message : String(error);
    const { log, suppressed } = logLimiter.admit('redrive-failed');
    if (log) {
      logger.warn(
        { event: 'redrive-failed', suppressed, err: error },
        'redriven messages wait for Kafka',
      );
    }
    return new Unfinished(error);
  }

  return {
    start: () => member.start(),
    stop: () => member.stop(),
    state() {
      if (failure !== undefined)
        return { ok: false, detail: `redriven messages wait: ${failure}` };
      const { ok, detail } = member.state();
      return ok ? { ok } : { ok, detail: `redriven messages wait: ${detail}` };
    },
  };
}
