import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  groupResponseSchema,
  topicResponseSchema,
} from '@homelab/plugin-consumer-lag-common';
import type {
  Cluster,
  GroupDetail,
  TopicSummary,
} from '@homelab/plugin-consumer-lag-common';
import { formatDuration } from '@homelab/portal-common';
import { z } from 'zod';

const pluginId = 'consumer-lag';
const timeoutMs = 5_000;
/** Polls of Kafka that may be missed before their result is outdated. */
const missedPolls = 3;

/** A finding, or one sentence that says why there is none. */
export type LagAnswer<T> =
  | { readonly found: T; readonly reason?: undefined }
  | { readonly found?: undefined; readonly reason: string };

/** Queries the consumer lag plugin with this plugin's service credentials. Never rejects. */
export interface LagClient {
  topic(cluster: string, topic: string): Promise<LagAnswer<TopicSummary>>;
  group(cluster: string, groupId: string): Promise<LagAnswer<GroupDetail>>;
}

const refusalSchema = z.object({ error: z.object({ message: z.string() }) });

/** Creates a client. If the consumer lag plugin is not installed, every answer says so. */
export function createLagClient(deps: {
  readonly auth: AuthService;
  readonly discovery: DiscoveryService;
}): LagClient {
  const { auth, discovery } = deps;

  async function get(path: readonly string[]): Promise<Response> {
    const baseUrl = await discovery.getBaseUrl(pluginId);
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: pluginId,
    });
    return fetch([baseUrl, ...path.map(encodeURIComponent)].join('/'), {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  /** If the plugin is missing, every path answers 404. */
  async function isInstalled(): Promise<boolean> {
    const { status } = await get(['clusters']);
    return status !== 404;
  }

  async function ask<T>(
    path: readonly string[],
    schema: z.ZodType<T>,
  ): Promise<LagAnswer<T>> {
    try {
      const response = await get(path);
      if (response.ok) return { found: schema.parse(await response.json()) };
      if (response.status === 404 && !(await isInstalled()))
        return {
          reason:
            'The consumer lag plugin, which monitors Kafka, is not installed.',
        };
      const refusal = refusalSchema.safeParse(await response.json());
      return {
        reason: refusal.success
          ? refusal.data.error.message
          : `Consumer lag answered with status ${response.status}.`,
      };
    } catch (error) {
      return {
        reason: `Consumer lag could not be queried: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }

  return {
    async topic(cluster, topic) {
      const path = ['clusters', cluster, 'topics', topic];
      const answer = await ask(path, topicResponseSchema);
      if (!answer.found) return answer;
      return inTime(answer.found, answer.found.topic);
    },
    async group(cluster, groupId) {
      const path = ['clusters', cluster, 'groups', groupId];
      const answer = await ask(path, groupResponseSchema);
      if (!answer.found) return answer;
      return inTime(answer.found, answer.found.group);
    },
  };
}

/** The finding, unless Kafka was last read too long ago. */
function inTime<T>(
  { now, cluster }: { readonly now: string; readonly cluster: Cluster },
  found: T,
): LagAnswer<T> {
  const { polledAt, pollIntervalMs, problem } = cluster;
  if (polledAt === null)
    return { reason: problem?.message ?? 'Kafka has not been read yet.' };
  const ageMs = Date.parse(now) - Date.parse(polledAt);
  if (ageMs <= missedPolls * pollIntervalMs) return { found };
  const why = problem ? `: ${problem.message}` : '.';
  return { reason: `Kafka was last read ${formatDuration(ageMs)} ago${why}` };
}
