import { randomUUID } from 'node:crypto';
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  Redrive,
  RedriveRequest,
  RedrivesQuery,
  RedrivesResponse,
} from '@homelab/plugin-dead-letters-common';
import type { RedriveLimits } from '../../config';
import type { Lease, RedriveStore } from './createRedriveStore';
import type { Mask } from '../Letters';
import {
  endsOf,
  rateOf,
  readRedriveCursor,
  requireUsable,
  sumOf,
} from './redriveRequests';
import { requestOf } from './redriveRow';
import type { StoredRedrive } from './redriveRow';
import { runRedrive } from './runRedrive';
import type { RedriveCluster } from './runRedrive';
import { canResume, isDead, showRedrive } from './showRedrive';

/** Called with every redrive that has ended. */
export type OnRedriveEnded = (redrive: Redrive) => void;

/** Starts, runs and ends redrives in the background. */
export interface Redrives {
  /** @throws ConflictError while another one runs, or when its dry run is unfinished or too old */
  start(
    cluster: string,
    topic: string,
    request: RedriveRequest,
    by: string,
  ): Promise<Redrive>;
  /** @throws NotFoundError */
  get(cluster: string, id: string): Promise<Redrive>;
  list(
    cluster: string,
    query: RedrivesQuery,
  ): Promise<Omit<RedrivesResponse, 'now'>>;
  runningId(cluster: string): Promise<string | null>;
  /** @throws ConflictError when it is not running */
  cancel(cluster: string, id: string, by: string): Promise<Redrive>;
  /** @throws ConflictError while another one runs, or when it cannot be resumed */
  resume(cluster: string, id: string, by: string): Promise<Redrive>;
  /** Interrupts the redrives of this process and waits until that is stored. */
  stop(): Promise<void>;
}

/** An older dry run no longer says what would be sent now. */
const dryRunHoldsMs = 60 * 60 * 1000;
/** Dry runs only read, but each reads a whole topic. */
const maxDryRuns = 3;
const keptMs = {
  redrives: 400 * 24 * 60 * 60 * 1000,
  dryRuns: 24 * 60 * 60 * 1000,
};

/** Creates the redrives of all clusters. */
export function createRedrives(deps: {
  readonly clusters: readonly RedriveCluster[];
  readonly store: RedriveStore;
  readonly mask: Mask;
  readonly limits: RedriveLimits;
  readonly logger: LoggerService;
  readonly auditor: AuditorService;
  readonly onEnded?: OnRedriveEnded;
  readonly now?: () => number;
}): Redrives {
  const { store, limits, now = Date.now } = deps;
  const clusters = new Map(deps.clusters.map(one => [one.name, one]));
  const stopping = new AbortController();
  const active = new Set<Promise<void>>();

  function clusterOf(name: string): RedriveCluster {
    const cluster = clusters.get(name);
    if (cluster !== undefined) return cluster;
    throw new NotFoundError(`There is no Kafka cluster ${name} here.`);
  }

  async function requireRedrive(
    cluster: string,
    id: string,
  ): Promise<StoredRedrive> {
    const redrive = await store.find(id);
    if (redrive?.cluster === cluster) return redrive;
    throw new NotFoundError(
      `There is no redrive ${id} on the cluster ${cluster}.`,
    );
  }

  const show = (redrive: StoredRedrive) => showRedrive(redrive, now());

  /** Runs in the background; the request that started it does not wait. */
  function run(redrive: StoredRedrive, lease: Lease): void {
    const cluster = clusterOf(redrive.cluster);
    const work = runRedrive({
      ...deps,
      now,
      cluster,
      redrive,
      lease,
      stopping: stopping.signal,
    })
      .then(async () => {
        const ended = await store.find(redrive.id);
        if (ended && !ended.dry_run) deps.onEnded?.(show(ended));
      })
      .catch((error: unknown) => {
        // It counts as dead once its lease expires, and can then be resumed.
        deps.logger.error(
          `The end of redrive ${redrive.id} could not be stored; it will count as interrupted in ${store.leaseMs / 1000} s.`,
          error instanceof Error ? error : undefined,
        );
      })
      .finally(() => active.delete(work));
    active.add(work);
  }

  async function busy(cluster: string): Promise<ConflictError> {
    const running = await store.running(cluster);
    return new ConflictError(
      running === undefined
        ? `Another redrive on the cluster ${cluster} has just ended; try again.`
        : `A redrive of ${running.topic} has been running on the cluster ${cluster} since ${new Date(running.created_at_ms).toISOString()} (${running.id}); wait for it to end, or cancel it.`,
    );
  }

  async function begin(
    cluster: RedriveCluster,
    topic: string,
    request: RedriveRequest,
    by: string,
  ): Promise<Lease> {
    const dryRun = request.dryRun
      ? undefined
      : await fittingDryRun(cluster.name, topic, request);
    if (request.dryRun && (await store.dryRuns(cluster.name)) >= maxDryRuns)
      throw new ConflictError(
        `${maxDryRuns} dry runs are already running on the cluster ${cluster.name}; wait for one to end.`,
      );
    const lease = await store.begin({
      id: randomUUID(),
      cluster: cluster.name,
      topic,
      dryRun: request.dryRun,
      dryRunId: dryRun?.id ?? null,
      request: requestOf(request),
      through: dryRun?.through ?? (await endsOf(cluster, topic)),
      ratePerSecond: rateOf(request, limits),
      // Letters that this redrive sends must never look old enough to be sent again.
      againBeforeMs:
        request.againBefore === undefined
          ? null
          : Math.min(Date.parse(request.againBefore), now()),
      expected: dryRun ? sumOf(dryRun.sent) : null,
      by,
    });
    if (lease === undefined) throw await busy(cluster.name);
    return lease;
  }

  async function fittingDryRun(
    cluster: string,
    topic: string,
    request: RedriveRequest & { dryRun: false },
  ): Promise<StoredRedrive> {
    const dryRun = await store.find(request.dryRunId);
    const fits =
      dryRun?.dry_run &&
      dryRun.cluster === cluster &&
      dryRun.topic === topic &&
      JSON.stringify(dryRun.request) === JSON.stringify(requestOf(request));
    if (!fits)
      throw new InputError(
        'dryRunId is not a dry run of the same letters; make a dry run with the same selection, limit and againBefore first.',
      );
    if (dryRun.state !== 'complete' && dryRun.state !== 'limit')
      throw new ConflictError(
        `The dry run is ${isDead(dryRun, now()) ? 'interrupted' : dryRun.state}, not complete; wait for it, or make another.`,
      );
    if (now() - dryRun.created_at_ms > dryRunHoldsMs)
      throw new ConflictError(
        'The dry run is more than an hour old; make another to see what would be sent now.',
      );
    return dryRun;
  }

  return {
    async start(name, topic, request, by) {
      requireUsable(request, deps.mask);
      const cluster = clusterOf(name);
      const lease = await begin(cluster, topic, request, by);
      const redrive = await requireRedrive(name, lease.redriveId);
      run(redrive, lease);
      return show(redrive);
    },
    get: async (cluster, id) => show(await requireRedrive(cluster, id)),
    async list(cluster, { topic, before, limit }) {
      clusterOf(cluster);
      await store.forget({
        redrives: now() - keptMs.redrives,
        dryRuns: now() - keptMs.dryRuns,
      });
      const found = await store.list({
        cluster,
        topic,
        before: before === undefined ? undefined : readRedriveCursor(before),
        limit: limit + 1,
      });
      const shown = found.slice(0, limit);
      const last = shown[shown.length - 1];
      return {
        redrives: shown.map(show),
        nextCursor:
          found.length > limit && last
            ? `${last.created_at_ms}_${last.id}`
            : null,
        rate: {
          defaultPerSecond: limits.defaultRatePerSecond,
          maxPerSecond: limits.maxRatePerSecond,
        },
      };
    },
    runningId: async cluster => (await store.running(cluster))?.id ?? null,
    async cancel(cluster, id, by) {
      await requireRedrive(cluster, id);
      const isCancelled = await store.cancel(id, by);
      const redrive = await requireRedrive(cluster, id);
      if (isCancelled || redrive.state === 'cancelling') return show(redrive);
      throw new ConflictError(
        `The redrive is not running: it is ${show(redrive).state}.`,
      );
    },
    async resume(cluster, id, by) {
      const redrive = await requireRedrive(cluster, id);
      if (!canResume(redrive, now()))
        throw new ConflictError(
          redrive.dry_run
            ? 'A dry run cannot be resumed; make another.'
            : `The redrive cannot be resumed: it is ${redrive.state}.`,
        );
      const lease = await store.resume(redrive, by);
      if (lease === undefined) throw await busy(cluster);
      const resumed = await requireRedrive(cluster, id);
      run(resumed, lease);
      return show(resumed);
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled([...active]);
    },
  };
}
