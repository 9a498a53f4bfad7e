import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { redrive as sendBack } from '@homelab/dead-letters';
import type {
  LetterFilter,
  RedriveOutcome,
  RedriveProgress,
} from '@homelab/dead-letters';
import type { RedriveState } from '@homelab/plugin-dead-letters-common';
import { KafkaError } from '@homelab/kafka';
import type { KafkaAdmin, KafkaClient } from '@homelab/kafka';
import type { DeadLettersConfig } from '../../config';
import type { Lease, RedriveStore, StoredProgress } from './createRedriveStore';
import { letterFormatFor } from '../Letters';
import type { Mask } from '../Letters';
import type { StoredRedrive, StoredRequest } from './redriveRow';

/** A cluster that redrives run on. */
export interface RedriveCluster {
  readonly name: string;
  readonly kafka: KafkaClient;
  readonly config: DeadLettersConfig;
}

interface Deps {
  readonly cluster: RedriveCluster;
  readonly redrive: StoredRedrive;
  readonly lease: Lease;
  readonly store: RedriveStore;
  readonly mask: Mask;
  readonly logger: LoggerService;
  readonly auditor: AuditorService;
  /** Aborts when the process shuts down. */
  readonly stopping: AbortSignal;
  readonly now: () => number;
}

/** The final state. */
interface End {
  readonly state: RedriveState;
  readonly failure: { code: string; message: string } | null;
}

/** The longest interval between storing progress and checking for cancellation. */
const maxTickMs = 1_000;

/** Runs a redrive to its end, and stores progress and outcome. */
export async function runRedrive(deps: Deps): Promise<void> {
  const { redrive, store, lease } = deps;
  const progress = createProgress(redrive);
  const watch = watchLease(deps, progress.now);
  const event = await deps.auditor.createEvent({
    eventId: 'redrive-run',
    severityLevel: 'medium',
    meta: {
      redriveId: redrive.id,
      cluster: redrive.cluster,
      topic: redrive.topic,
      dryRun: redrive.dry_run,
      by: redrive.attempts[redrive.attempts.length - 1]?.by ?? null,
    },
  });
  const end = await work(deps, watch.signal, progress.note).then(
    outcome => endOf(outcome, watch.isCancelled()),
    error => failedEnd(error, deps),
  );
  await watch.stop();
  await store.end(lease, { ...progress.now(), ...end });
  const meta = { state: end.state, ...progress.now() };
  if (end.failure)
    await event.fail({ meta, error: new Error(end.failure.message) });
  else await event.success({ meta });
}

async function work(
  { cluster, redrive, mask, now }: Deps,
  signal: AbortSignal,
  onProgress: (progress: RedriveProgress) => void,
): Promise<RedriveOutcome> {
  const { kafka, config } = cluster;
  const admin = kafka.admin();
  try {
    await admin.start();
    if (!redrive.dry_run && config.createLedger)
      await createLedger(admin, config.places.ledgerTopic);
    return await sendBack({
      kafka,
      admin,
      topic: redrive.topic,
      format: letterFormatFor(redrive.topic, config, mask),
      places: config.places,
      filter: filterOf(redrive.request),
      through: redrive.through,
      dryRun: redrive.dry_run,
      ...(redrive.again_before_ms !== null && {
        againBeforeMs: redrive.again_before_ms,
      }),
      ...(redrive.request.limit !== null && { limit: redrive.request.limit }),
      ratePerSecond: redrive.rate_per_second,
      by: redrive.attempts[redrive.attempts.length - 1]?.by ?? 'unknown',
      redriveId: redrive.id,
      signal,
      onProgress,
      now,
    });
  } finally {
    await admin.stop().catch(() => {});
  }
}

/** Compacted, so that it stays small; with the brokers' default replication factor. */
async function createLedger(admin: KafkaAdmin, name: string): Promise<void> {
  await admin.createTopics([
    {
      name,
      partitions: 1,
      replicationFactor: -1,
      config: { 'cleanup.policy': 'compact' },
    },
  ]);
}

function filterOf({ selection }: StoredRequest): LetterFilter {
  if (selection.kind === 'letters') return { at: selection.at };
  const { codes, stage, key, since, until } = selection.filter;
  return {
    ...(codes && { codes }),
    ...(stage !== undefined && { stage }),
    ...(key !== undefined && { key }),
    ...(since !== undefined && { sinceMs: Date.parse(since) }),
    ...(until !== undefined && { untilMs: Date.parse(until) }),
  };
}

/** Keeps the latest progress, starting with the stored one. */
function createProgress(redrive: StoredRedrive) {
  let latest: StoredProgress = {
    sent: redrive.sent,
    redrivenBefore: redrive.redriven_before,
    originUnknown: redrive.origin_unknown,
  };
  return {
    now: () => latest,
    note({ sent, redrivenBefore, originUnknown }: RedriveProgress) {
      latest = {
        sent: Object.fromEntries(sent),
        redrivenBefore,
        originUnknown,
      };
    },
  };
}

/**
 * Renews the lease and stores the progress at intervals. Aborts the work when it is cancelled,
 * when the process shuts down, and when the lease is lost or about to expire.
 */
function watchLease(
  { store, lease, logger, stopping }: Deps,
  progress: () => StoredProgress,
) {
  const abort = new AbortController();
  let isCancelled = false;
  let renewedAtMs = performance.now();
  let ticking: Promise<void> | undefined;

  async function tick(): Promise<void> {
    const askedAtMs = performance.now();
    try {
      const state = await store.renew(lease, progress());
      renewedAtMs = askedAtMs;
      if (state === 'cancelling') isCancelled = true;
      if (state !== 'running') abort.abort();
    } catch (error) {
      logger.warn(
        `The progress of redrive ${lease.redriveId} could not be stored.`,
        error instanceof Error ? error : undefined,
      );
      // Before another process may take it for dead and resume it.
      if (performance.now() - renewedAtMs > store.leaseMs / 2) abort.abort();
    }
  }

  const timer = setInterval(
    () => {
      ticking ??= tick().finally(() => {
        ticking = undefined;
      });
    },
    Math.min(maxTickMs, store.leaseMs / 10),
  );
  const onStopping = () => abort.abort();
  stopping.addEventListener('abort', onStopping, { once: true });
  if (stopping.aborted) abort.abort();
  return {
    signal: abort.signal,
    isCancelled: () => isCancelled,
    async stop() {
      clearInterval(timer);
      stopping.removeEventListener('abort', onStopping);
      await ticking;
    },
  };
}

function endOf({ end, failure }: RedriveOutcome, isCancelled: boolean): End {
  if (failure)
    return {
      state: 'failed',
      failure: { code: failure.code, message: failure.message },
    };
  return {
    state: end === 'interrupted' && isCancelled ? 'cancelled' : end,
    failure: null,
  };
}

function failedEnd(error: unknown, { redrive, logger }: Deps): End {
  if (error instanceof KafkaError)
    return {
      state: 'failed',
      failure: { code: error.code, message: error.message },
    };
  logger.error(
    `Redrive ${redrive.id} failed with an unexpected error.`,
    error instanceof Error ? error : undefined,
  );
  return {
    state: 'failed',
    failure: {
      code: 'INTERNAL',
      message: 'The plugin failed with an unexpected error; see its log.',
    },
  };
}
