import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { adviseGroup } from '@homelab/plugin-consumer-lag-common';
import type {
  GroupDetail,
  Severity,
} from '@homelab/plugin-consumer-lag-common';
import type { Knex } from 'knex';
import { firstAlertState, nextAlert } from './nextAlert';
import type { AlertState, Hysteresis } from './nextAlert';

interface AlertRow {
  readonly cluster: string;
  readonly group_id: string;
  readonly told: Severity;
  readonly pending: Severity | null;
  readonly polls: number;
}

const urgency = { act: 'high', watch: 'normal' } as const;

/** Tells the owners of a group when it gets into trouble and out of it. */
export class LagAlerts {
  private isFailing = false;

  constructor(
    private readonly deps: {
      knex: Knex;
      notifications: NotificationService;
      hysteresis: Hysteresis;
      logger: LoggerService;
    },
  ) {}

  /** Takes in a poll of a cluster. Groups without an owner are watched, and nobody is told. */
  async observe(
    cluster: string,
    groups: readonly GroupDetail[],
  ): Promise<void> {
    const { knex, hysteresis } = this.deps;
    const rows = await knex<AlertRow>('lag_alert').where({ cluster });
    const states = new Map(rows.map(row => [row.group_id, row]));
    for (const group of groups) {
      const before = states.get(group.groupId) ?? firstAlertState;
      const { state, tell } = nextAlert(before, group.severity, hysteresis);
      if (tell !== null && !(await this.tell(group, tell))) continue;
      if (isSame(before, state)) continue;
      await knex('lag_alert')
        .insert({
          cluster,
          group_id: group.groupId,
          told: state.told,
          pending: state.pending,
          polls: state.polls,
        })
        .onConflict(['cluster', 'group_id'])
        .merge();
    }
    const known = new Set(groups.map(({ groupId }) => groupId));
    const gone = [...states.keys()].filter(groupId => !known.has(groupId));
    if (gone.length > 0 && groups.length > 0)
      await knex('lag_alert')
        .where({ cluster })
        .whereIn('group_id', gone)
        .delete();
  }

  /** False when it could not be told; then it is tried at the next poll. */
  private async tell(group: GroupDetail, severity: Severity): Promise<boolean> {
    if (group.ownerRefs.length === 0) return true;
    const { cluster, groupId, sentence } = group;
    try {
      await this.deps.notifications.send({
        recipients: { type: 'entity', entityRef: group.ownerRefs },
        payload: {
          title: severity === 'ok' ? `${groupId} keeps up again` : sentence,
          description: severity === 'ok' ? sentence : reasonAndAdvice(group),
          link: `/consumer-lag/groups/${encodeURIComponent(cluster)}/${encodeURIComponent(groupId)}`,
          severity:
            severity === 'act' || severity === 'watch'
              ? urgency[severity]
              : 'low',
          topic: 'Consumer lag',
          // The next word about the group takes the place of this one.
          scope: `consumer-lag/${cluster}/${groupId}`,
        },
      });
      this.isFailing = false;
      return true;
    } catch (error) {
      // Once, not for every group at every poll.
      if (!this.isFailing)
        this.deps.logger.warn(
          `The owners of ${groupId} could not be told of its lag; is the notifications backend installed? ${stringifyError(error)}`,
        );
      this.isFailing = true;
      return false;
    }
  }
}

/** The evidence of the partition that decided, and what to do. */
function reasonAndAdvice(group: GroupDetail): string {
  return [evidenceOf(group), adviseGroup(group) ?? ''].join(' ').trim();
}

function evidenceOf({ partitions, status }: GroupDetail): string {
  const worst = partitions.filter(one => one.status === status);
  const [first] = worst;
  if (first === undefined) return '';
  const others =
    worst.length > 1 ? ` The same holds for ${worst.length - 1} more.` : '';
  return `${first.topic}, partition ${first.partition}: ${first.evidence}${others}`;
}

function isSame(a: AlertState, b: AlertState): boolean {
  return a.told === b.told && a.pending === b.pending && a.polls === b.polls;
}
