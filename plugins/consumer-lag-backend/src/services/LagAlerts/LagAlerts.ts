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

/** The part of a poll that alerts need. */
export interface SeenGroups {
  readonly groups: readonly GroupDetail[];
  /** Whether every group was listed; if not, a missing one may still exist. */
  readonly isComplete: boolean;
}

/** The variable part of a notification. */
interface News {
  readonly groupId: string;
  readonly ownerRefs: readonly string[];
  readonly severity: Severity;
  readonly title: string;
  readonly description: string;
}

/** Notifies the owners of a group of trouble and recovery. */
export class LagAlerts {
  private isFailing = false;

  constructor(
    private readonly deps: {
      knex: Knex;
      notifications: NotificationService;
      hysteresis: Hysteresis;
      /** The owners of a deleted group; those of the others come with the poll. */
      ownersOf: (cluster: string, groupId: string) => readonly string[];
      logger: LoggerService;
    },
  ) {}

  /**
   * Processes a poll of a cluster. Trouble of a group without owners is announced as soon as it
   * has some.
   */
  async observe(
    cluster: string,
    { groups, isComplete }: SeenGroups,
  ): Promise<void> {
    const { knex } = this.deps;
    const rows = await knex<AlertRow>('lag_alert').where({ cluster });
    const before = new Map(rows.map(row => [row.group_id, row]));
    for (const group of groups) {
      await this.advance(
        cluster,
        group,
        before.get(group.groupId) ?? firstAlertState,
      );
      before.delete(group.groupId);
    }
    // A group missing from a partial answer may still exist.
    if (isComplete)
      for (const row of before.values()) await this.forget(cluster, row);
  }

  private async advance(
    cluster: string,
    group: GroupDetail,
    before: AlertState,
  ): Promise<void> {
    const { hysteresis } = this.deps;
    const { state, tell } = nextAlert(before, group.severity, hysteresis);
    // A failed notification is not stored: the next poll retries.
    if (tell !== null && !(await this.tell(cluster, newsOf(group, tell))))
      return;
    if (!isSame(before, state)) await this.save(cluster, group.groupId, state);
  }

  /** A group that complete polls no longer list counts as recovered, and is then forgotten. */
  private async forget(cluster: string, row: AlertRow): Promise<void> {
    const { knex, hysteresis, ownersOf } = this.deps;
    const { group_id: groupId } = row;
    const { state, tell } = nextAlert(row, 'ok', hysteresis);
    if (tell === null && row.told !== 'ok')
      return this.save(cluster, groupId, state);
    const ownerRefs = ownersOf(cluster, groupId);
    if (tell !== null && ownerRefs.length > 0)
      if (!(await this.tell(cluster, goneNews(groupId, ownerRefs)))) return;
    await knex('lag_alert').where({ cluster, group_id: groupId }).delete();
  }

  private async save(
    cluster: string,
    groupId: string,
    { told, pending, polls }: AlertState,
  ): Promise<void> {
    await this.deps
      .knex('lag_alert')
      .insert({ cluster, group_id: groupId, told, pending, polls })
      .onConflict(['cluster', 'group_id'])
      .merge();
  }

  /** False when it could not be sent. */
  private async tell(cluster: string, news: News): Promise<boolean> {
    const { groupId, ownerRefs, severity, title, description } = news;
    if (ownerRefs.length === 0) return false;
    try {
      await this.deps.notifications.send({
        recipients: { type: 'entity', entityRef: [...ownerRefs] },
        payload: {
          title,
          description,
          link: `/consumer-lag/groups/${encodeURIComponent(cluster)}/${encodeURIComponent(groupId)}`,
          severity: urgencyOf(severity),
          topic: 'Consumer lag',
          // The next notification about the group replaces this one.
          scope: `consumer-lag/${cluster}/${groupId}`,
        },
      });
      this.isFailing = false;
      return true;
    } catch (error) {
      // Logged once, not for every group at every poll.
      if (!this.isFailing)
        this.deps.logger.warn(
          `The owners of ${groupId} could not be notified; is the notifications backend installed? ${stringifyError(error)}`,
        );
      this.isFailing = true;
      return false;
    }
  }
}

function urgencyOf(severity: Severity): 'high' | 'normal' | 'low' {
  if (severity === 'act') return 'high';
  return severity === 'watch' ? 'normal' : 'low';
}

function newsOf(group: GroupDetail, severity: Severity): News {
  const { groupId, ownerRefs, sentence } = group;
  return severity === 'ok'
    ? {
        groupId,
        ownerRefs,
        severity,
        title: `${groupId} keeps up again`,
        description: sentence,
      }
    : {
        groupId,
        ownerRefs,
        severity,
        title: sentence,
        description: reasonAndAdvice(group),
      };
}

function goneNews(groupId: string, ownerRefs: readonly string[]): News {
  return {
    groupId,
    ownerRefs,
    severity: 'ok',
    title: `${groupId} is gone`,
    description:
      'Kafka no longer lists this consumer group: it was deleted, or its offsets have expired.',
  };
}

/** The evidence of the worst partition, and what to do. */
function reasonAndAdvice(group: GroupDetail): string {
  return [evidenceOf(group), adviseGroup(group) ?? ''].join(' ').trim();
}

function evidenceOf({ partitions, status }: GroupDetail): string {
  const worst = partitions.filter(one => one.status === status);
  const [first] = worst;
  if (first === undefined) return '';
  const others =
    worst.length > 1 ? ` The same is true of ${worst.length - 1} more.` : '';
  return `${first.topic}, partition ${first.partition}: ${first.evidence}${others}`;
}

function isSame(a: AlertState, b: AlertState): boolean {
  return a.told === b.told && a.pending === b.pending && a.polls === b.polls;
}
