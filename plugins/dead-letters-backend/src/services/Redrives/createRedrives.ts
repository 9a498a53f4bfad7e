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

/** A redrive that has ended, for whoever tells of it elsewhere. */
export type OnRedriveEnded = (redrive: Redrive) => void;

/** Starts redrives, keeps them going in the background and ends them. */
export interface Redrives {
  /** @throws ConflictError while another one runs, or when the dry run before it does not fit */
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
  /** @throws ConflictError when it does not run */
  cancel(cluster: string, id: string, by: string): Promise<Redrive>;
  /** @throws ConflictError while another one runs, or when there is nothing to go on with */
  resume(cluster: string, id: string, by: string): Promise<Redrive>;
  /** Interrupts what runs in this process, and waits until that is noted. */
  stop(): Promise<void>;
}

/** A dry run says what would be sent now, not what would have been sent yesterday. */
const dryRunHoldsMs = 60 * 60 * 1000;
/** They only read, but each reads a whole topic. */
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
      `There is no redrive ${id} of the cluster ${cluster}.`,
    );
  }

  const show = (redrive: StoredRedrive) => showRedrive(redrive, now());

  /** Works on in the background: the request that started it does not wait. */
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
        // It counts as dead once its lease is over, and can then be resumed.
        deps.logger.error(
          `The end of the redrive ${redrive.id} could not be noted; it counts as interrupted in ${store.leaseMs / 1000} s.`,
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
        ? `Another redrive of the cluster ${cluster} has just ended; try again.`
        : `A redrive of ${running.topic} runs on the cluster ${cluster} since ${new Date(running.created_at_ms).toISOString()} (${running.id}); wait for its end or cancel it.`,
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
        `${maxDryRuns} dry runs of the cluster ${cluster.name} are under way; wait for the end of one.`,
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
      // What this redrive itself sends must never look old enough to be sent again.
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
        'dryRunId names no dry run of the same letters; make a dry run with the same selection, limit and againBefore first.',
      );
    if (dryRun.state !== 'complete' && dryRun.state !== 'limit')
      throw new ConflictError(
        `The dry run is ${isDead(dryRun, now()) ? 'interrupted' : dryRun.state}, not complete; wait for it or make another.`,
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
        `The redrive does not run: it is ${show(redrive).state}.`,
      );
    },
    async resume(cluster, id, by) {
      const redrive = await requireRedrive(cluster, id);
      if (!canResume(redrive, now()))
        throw new ConflictError(
          redrive.dry_run
            ? 'A dry run cannot be resumed; make another.'
            : `There is nothing to go on with: the redrive is ${redrive.state}.`,
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
