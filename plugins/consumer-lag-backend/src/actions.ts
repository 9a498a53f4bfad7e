import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  adviseGroup,
  consumerLagReadPermission,
  describeEta,
  formatTimeLag,
  rankOfStatus,
} from '@homelab/plugin-consumer-lag-common';
import type { GroupSummary } from '@homelab/plugin-consumer-lag-common';
import { requirePermission } from '@homelab/portal-node';
import type { LagViews } from './services/LagStore';

/** Registers the read-only actions that assistants call through MCP. */
export function registerActions(deps: {
  actionsRegistry: ActionsRegistryService;
  permissions: PermissionsService;
  views: LagViews;
}): void {
  registerListGroups(deps);
  registerExplainGroup(deps);
}

type Deps = Parameters<typeof registerActions>[0];

/** Models pay for every word of an answer. */
const defaultGroups = 50;
const maxGroups = 500;
const maxEvidence = 50;

const readOnly = { readOnly: true, destructive: false, idempotent: true };

function registerListGroups({
  actionsRegistry,
  permissions,
  views,
}: Deps): void {
  actionsRegistry.register({
    name: 'list-consumer-groups',
    title: 'List Kafka consumer groups',
    description:
      'Lists Kafka consumer groups with status and lag in records and time, worst first, as of the last poll. ' +
      'severity is act, watch, unknown or ok. Use it to find groups that fall behind.',
    attributes: readOnly,
    visibilityPermission: consumerLagReadPermission,
    schema: {
      input: z =>
        z.object({
          cluster: z.string().optional().describe('Only of this cluster'),
          troubledOnly: z
            .boolean()
            .optional()
            .describe(
              'Only groups that need attention, fall behind or have no reader',
            ),
          limit: z
            .number()
            .int()
            .min(1)
            .max(maxGroups)
            .optional()
            .describe(
              `The most groups to list, worst first; default ${defaultGroups}`,
            ),
        }),
      output: z =>
        z.object({
          total: z.number().describe('The number of groups, listed or not'),
          groups: z.array(
            z.object({
              cluster: z.string(),
              groupId: z.string(),
              status: z.string(),
              severity: z.string(),
              sentence: z.string(),
              lagRecords: z.string().nullable(),
              timeLag: z.string(),
              topics: z.array(z.string()),
              readAt: z.string(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      await requirePermission(
        permissions,
        consumerLagReadPermission,
        credentials,
      );
      const groups = (await views.groups(input.cluster)).filter(
        ({ severity }) =>
          !input.troubledOnly || severity === 'act' || severity === 'watch',
      );
      const listed = groups.slice(0, input.limit ?? defaultGroups);
      return { output: { total: groups.length, groups: listed.map(lineOf) } };
    },
  });
}

function lineOf(group: GroupSummary) {
  return {
    cluster: group.cluster,
    groupId: group.groupId,
    status: group.status,
    severity: group.severity,
    sentence: group.sentence,
    lagRecords: group.lag,
    timeLag: formatTimeLag(group.timeLag),
    topics: group.topics,
    readAt: group.readAt,
  };
}

function registerExplainGroup({
  actionsRegistry,
  permissions,
  views,
}: Deps): void {
  actionsRegistry.register({
    name: 'explain-consumer-group',
    title: 'Explain a Kafka consumer group',
    description:
      'Explains the state of one Kafka consumer group: its status, with evidence for each partition that is not OK, ' +
      'its members, when it will catch up, how long until retention deletes unread records, and what to do.',
    attributes: readOnly,
    visibilityPermission: consumerLagReadPermission,
    schema: {
      input: z =>
        z.object({
          groupId: z.string().describe('The name of the group'),
          cluster: z
            .string()
            .optional()
            .describe('Required if several clusters have a group of this name'),
        }),
      output: z =>
        z.object({
          cluster: z.string(),
          status: z.string(),
          since: z.string(),
          sentence: z.string(),
          advice: z.string().nullable(),
          eta: z.string(),
          lossHeadroomSeconds: z.number().nullable(),
          members: z.number(),
          owners: z.array(z.string()),
          troubledPartitions: z
            .number()
            .describe(
              'Partitions that are not OK, with evidence for the worst',
            ),
          evidence: z.array(
            z.object({
              topic: z.string(),
              partition: z.number(),
              status: z.string(),
              evidence: z.string(),
              lagRecords: z.string().nullable(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      await requirePermission(
        permissions,
        consumerLagReadPermission,
        credentials,
      );
      const cluster = await clusterOf(views, input);
      const group = await views.group(cluster, input.groupId);
      if (!group) throw notFound(input.groupId);
      const troubled = group.partitions
        .filter(({ status }) => status !== 'OK')
        .toSorted((a, b) => rankOfStatus(a.status) - rankOfStatus(b.status));
      return {
        output: {
          cluster,
          status: group.status,
          since: group.since,
          sentence: group.sentence,
          advice: adviseGroup(group),
          eta: describeEta(group.eta),
          lossHeadroomSeconds:
            group.headroomMs === null ? null : group.headroomMs / 1000,
          members: group.memberCount,
          owners: group.ownerRefs,
          troubledPartitions: troubled.length,
          evidence: troubled
            .slice(0, maxEvidence)
            .map(({ topic, partition, status, evidence, lag }) => ({
              topic,
              partition,
              status,
              evidence,
              lagRecords: lag,
            })),
        },
      };
    },
  });
}

async function clusterOf(
  views: LagViews,
  input: { groupId: string; cluster?: string },
): Promise<string> {
  if (input.cluster !== undefined) return input.cluster;
  const own = (await views.groups()).filter(
    ({ groupId }) => groupId === input.groupId,
  );
  const [first] = own;
  if (first === undefined) throw notFound(input.groupId);
  if (own.length > 1)
    throw new InputError(
      `Several clusters have a group ${input.groupId}; set cluster to one of: ${own.map(({ cluster }) => cluster).join(', ')}.`,
    );
  return first.cluster;
}

function notFound(groupId: string): NotFoundError {
  return new NotFoundError(
    `No consumer group ${groupId} was seen at the last poll.`,
  );
}
