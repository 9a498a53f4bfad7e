import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { NotFoundError } from '@backstage/errors';
import { asked } from '@homelab/kafka-clusters';
import { deadLettersReadPermission } from '@homelab/plugin-dead-letters-common';
import { requirePermission } from '@homelab/portal-node';
import type { DeadLetterViews } from './services/Letters';

/** Registers the read-only action that assistants call through MCP. */
export function registerActions(deps: {
  readonly actionsRegistry: ActionsRegistryService;
  readonly permissions: PermissionsService;
  readonly views: ReadonlyMap<string, DeadLetterViews>;
}): void {
  const { actionsRegistry, permissions, views } = deps;
  actionsRegistry.register({
    name: 'list-dead-letters',
    title: 'List dead letters',
    description:
      'Counts the messages in every Kafka dead-letter topic by the reason why they failed, most waiting messages first. ' +
      'Never returns their contents.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    visibilityPermission: deadLettersReadPermission,
    schema: {
      input: z =>
        z.object({
          cluster: z.string().optional().describe('Only of this cluster'),
        }),
      output: z =>
        z.object({
          topics: z.array(
            z.object({
              cluster: z.string(),
              topic: z.string(),
              waiting: z.number(),
              redriven: z.number(),
              oldestFailedAt: z.string().nullable(),
              reasons: z.array(
                z.object({ reason: z.string(), waiting: z.number() }),
              ),
              problem: z.string().nullable(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      await requirePermission(
        permissions,
        deadLettersReadPermission,
        credentials,
      );
      const { cluster } = input;
      if (cluster !== undefined && !views.has(cluster))
        throw new NotFoundError(`There is no Kafka cluster ${cluster} here.`);
      const wanted = [...views].filter(
        ([name]) => cluster === undefined || name === cluster,
      );
      const lists = await Promise.all(
        wanted.map(async ([name, view]) => {
          const { topics } = await asked(view.list());
          return topics.map(({ groups, ...topic }) => ({
            cluster: name,
            topic: topic.topic,
            waiting: topic.waiting,
            redriven: topic.redriven,
            oldestFailedAt: topic.oldestFailedAt,
            reasons: groups.map(({ reason, waiting }) => ({ reason, waiting })),
            problem: topic.problem,
          }));
        }),
      );
      return { output: { topics: lists.flat() } };
    },
  });
}
