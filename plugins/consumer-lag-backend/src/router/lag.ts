import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { historyRanges } from '@homelab/plugin-consumer-lag-common';
import type {
  ClustersResponse,
  ExactTimeLagResponse,
  GroupResponse,
  GroupsResponse,
  HistoryResponse,
  TopicResponse,
  TopicsResponse,
  EntityInShort,
  EntityResponse,
  GroupsInShort,
} from '@homelab/plugin-consumer-lag-common';
import { parseRequest } from '@homelab/portal-node';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { groupsOfSelectors } from '../services/Catalog';
import type { GroupSelector } from '../services/Catalog';
import { renderMetrics } from '../services/LagMetrics';
import type { LagHistory, LagViews } from '../services/LagStore';
import { asked } from '@homelab/kafka-clusters';
import type { LagAuthorizer } from './authorize';
import { isUnchanged } from './unchanged';

const name = z.string().min(1).max(255);
const limitOf = (usual: number, most: number) =>
  z.coerce.number().int().min(1).max(most).default(usual);
export const groupsQuery = z.object({
  cluster: name.optional(),
  limit: limitOf(1_000, 5_000),
});
export const topicsQuery = z.object({
  cluster: name.optional(),
  limit: limitOf(2_000, 10_000),
});
export const inShortQuery = z.object({
  cluster: name.optional(),
  limit: limitOf(3, 50),
});
export const entityInShortQuery = inShortQuery.pick({ limit: true });
export const historyQuery = z.object({
  range: z.enum(historyRanges).default('1h'),
  topic: name.optional(),
});
export const partitionQuery = z.object({
  topic: name,
  partition: z.coerce.number().int().min(0).max(2_147_483_647),
});

/** The dependencies of the routes. */
export interface LagRouterDeps {
  readonly authorizer: LagAuthorizer;
  readonly views: LagViews;
  readonly history: LagHistory;
  /** Reads the oldest unread record of a partition. */
  readonly exactTimeLag: (options: {
    cluster: string;
    groupId: string;
    topic: string;
    partition: number;
  }) => Promise<Omit<ExactTimeLagResponse, 'now'> | undefined>;
  readonly entity: (
    ref: { kind: string; namespace: string; name: string },
    credentials: BackstageCredentials,
  ) => Promise<Pick<EntityResponse, 'groups' | 'missing'>>;
  /** The groups that an entity names. @throws NotFoundError when the caller sees no such entity */
  readonly selectors: (
    ref: { kind: string; namespace: string; name: string },
    credentials: BackstageCredentials,
  ) => Promise<readonly GroupSelector[]>;
  /** Requests sent to the brokers of each cluster since the start. */
  readonly requestsSent: () => ReadonlyMap<string, number>;
  readonly pollIntervalMs: number;
  readonly now: () => number;
}

/** Creates the reading routes. All data but the exact time lag comes from the database. */
export function createLagRouter(deps: LagRouterDeps): express.Router {
  const { authorizer, views, history, now } = deps;
  const router = Router();
  const instant = () => new Date(now()).toISOString();

  router.get('/clusters', async (request, response) => {
    await authorizer.require(request, 'read');
    const body: ClustersResponse = {
      now: instant(),
      clusters: await views.clusters(),
      actions: await authorizer.allowances(
        ['reset'],
        await authorizer.credentials(request),
      ),
    };
    response.json(body);
  });

  router.get('/groups', async (request, response) => {
    await authorizer.require(request, 'read');
    const { cluster, limit } = parseRequest(groupsQuery, request.query);
    const clusters = await views.clusters();
    if (isUnchanged(request, response, clusters)) return;
    const { groups, total } = await views.groupsJson(cluster, limit);
    const head: Omit<GroupsResponse, 'groups'> = {
      now: instant(),
      clusters,
      total,
    };
    response
      .type('json')
      .send(`${JSON.stringify(head).slice(0, -1)},"groups":${groups}}`);
  });

  router.get('/groups/summary', async (request, response) => {
    await authorizer.require(request, 'read');
    const query = parseRequest(inShortQuery, request.query);
    const clusters = await views.clusters();
    if (isUnchanged(request, response, clusters)) return;
    const body: GroupsInShort = {
      now: instant(),
      clusters,
      ...(await views.groupsInShort(query)),
    };
    response.json(body);
  });

  router.get(
    '/clusters/:cluster/groups/:groupId',
    async (request, response) => {
      await authorizer.require(request, 'read');
      const { groupId } = request.params;
      const cluster = await knownCluster(views, request.params.cluster);
      if (isUnchanged(request, response, cluster)) return;
      const body: GroupResponse = {
        now: instant(),
        cluster,
        group: found(
          await views.group(cluster.name, groupId),
          'group',
          groupId,
        ),
      };
      response.json(body);
    },
  );

  router.get(
    '/clusters/:cluster/groups/:groupId/history',
    async (request, response) => {
      await authorizer.require(request, 'read');
      const { cluster, groupId } = request.params;
      await knownCluster(views, cluster);
      const body: HistoryResponse = await history.ofGroup({
        cluster,
        groupId,
        ...parseRequest(historyQuery, request.query),
        nowMs: now(),
        pollIntervalMs: deps.pollIntervalMs,
      });
      response.json(body);
    },
  );

  router.get(
    '/clusters/:cluster/groups/:groupId/time-lag',
    async (request, response) => {
      await authorizer.require(request, 'read');
      const { cluster, groupId } = request.params;
      await knownCluster(views, cluster);
      const query = parseRequest(partitionQuery, request.query);
      const exact = await asked(
        deps.exactTimeLag({ cluster, groupId, ...query }),
      );
      const body: ExactTimeLagResponse = {
        now: instant(),
        ...found(exact, 'committed offset of', `${groupId} in ${query.topic}`),
      };
      response.json(body);
    },
  );

  router.get('/topics', async (request, response) => {
    await authorizer.require(request, 'read');
    const { cluster, limit } = parseRequest(topicsQuery, request.query);
    const clusters = await views.clusters();
    if (isUnchanged(request, response, clusters)) return;
    const body: TopicsResponse = {
      now: instant(),
      clusters,
      ...(await views.topics(cluster, limit)),
    };
    response.json(body);
  });

  router.get('/clusters/:cluster/topics/:topic', async (request, response) => {
    await authorizer.require(request, 'read');
    const { topic } = request.params;
    const cluster = await knownCluster(views, request.params.cluster);
    if (isUnchanged(request, response, cluster)) return;
    const body: TopicResponse = {
      now: instant(),
      cluster,
      topic: found(
        await views.topic(cluster.name, topic),
        'Kafka topic',
        topic,
      ),
    };
    response.json(body);
  });

  router.get('/entities/:kind/:namespace/:name', async (request, response) => {
    await authorizer.require(request, 'read');
    const credentials = await authorizer.credentials(request);
    const body: EntityResponse = {
      now: instant(),
      clusters: await views.clusters(),
      ...(await deps.entity(request.params, credentials)),
    };
    response.json(body);
  });

  router.get(
    '/entities/:kind/:namespace/:name/summary',
    async (request, response) => {
      await authorizer.require(request, 'read');
      const credentials = await authorizer.credentials(request);
      const { limit } = parseRequest(entityInShortQuery, request.query);
      // With the caller's credentials: they may not see every entity.
      const selectors = await deps.selectors(request.params, credentials);
      const clusters = await views.clusters();
      const state = [clusters, selectors.map(({ text }) => text)];
      if (isUnchanged(request, response, state)) return;
      const body: EntityInShort = {
        now: instant(),
        clusters,
        ...(await groupsOfSelectors(views, selectors, limit)),
      };
      response.json(body);
    },
  );

  router.get('/metrics', async (request, response) => {
    await authorizer.require(request, 'read');
    const [clusters, groups, { topics }] = await Promise.all([
      views.clusters(),
      views.groups(),
      views.topics(),
    ]);
    response.type('text/plain; version=0.0.4; charset=utf-8').send(
      await renderMetrics({
        nowMs: now(),
        clusters,
        groups,
        topics,
        requestsSent: deps.requestsSent(),
      }),
    );
  });

  return router;
}

async function knownCluster(views: LagViews, cluster: string) {
  const clusters = await views.clusters();
  return found(
    clusters.find(one => one.name === cluster),
    'Kafka cluster',
    cluster,
  );
}

function found<T>(value: T | undefined, kind: string, what: string): T {
  if (value === undefined)
    throw new NotFoundError(`There was no ${kind} ${what} at the last poll.`);
  return value;
}
