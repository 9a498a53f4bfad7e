import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type {
  GroupDetail,
  LagStatus,
} from '@homelab/plugin-consumer-lag-common';
import { severityOfStatus } from '@homelab/plugin-consumer-lag-common';
import type { TestScope } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { LagAlerts } from '../src/services/LagAlerts';
import { quietLogger } from '@homelab/kafka-clusters/testing';
import { databases } from './lag-support';

const household = 'group:default/household';
const hysteresis = { holdPolls: 2, recoverPolls: 3 };

function groupOf(groupId: string, status: LagStatus): GroupDetail {
  return {
    cluster: 'home',
    groupId,
    status,
    severity: severityOfStatus(status),
    since: new Date().toISOString(),
    sentence: `${groupId} is ${status}.`,
    lag: '5',
    timeLag: { kind: 'unknown', ms: null },
    producedPerSecond: null,
    consumedPerSecond: null,
    eta: { kind: 'unknown' },
    headroomMs: null,
    unknownPartitions: 0,
    partitionCount: 0,
    state: 'Empty',
    memberCount: 0,
    memberlessSince: null,
    lost: null,
    topics: [],
    spark: { from: new Date().toISOString(), stepMs: 60_000, lag: [] },
    readAt: new Date().toISOString(),
    entityRefs: [],
    ownerRefs: [household],
    problem: null,
    protocolType: 'consumer',
    assignor: null,
    members: [],
    partitions: [],
    skew: null,
  };
}

/** Alerts with a real database; `restart` simulates a new process of the portal. */
async function setUp(t: TestScope) {
  const [, [, createSqlite]] = databases;
  const knex = await createSqlite(t);
  const sent: NotificationSendOptions[] = [];
  const owners = new Map([['sink', [household]]]);
  const start = () =>
    new LagAlerts({
      knex,
      notifications: { send: async one => void sent.push(one) },
      hysteresis,
      ownersOf: (_, groupId) => owners.get(groupId) ?? [],
      logger: quietLogger,
    });
  let alerts = start();
  return {
    knex,
    owners,
    restart: () => {
      alerts = start();
    },
    /** The titles of notifications sent during polls of these groups. */
    async poll(
      times: number,
      groups: readonly GroupDetail[],
      isComplete = true,
    ) {
      sent.length = 0;
      for (let index = 0; index < times; index += 1)
        await alerts.observe('home', { groups, isComplete });
      return sent.map(({ payload }) => payload.title);
    },
  };
}

const stopped = groupOf('sink', 'STOP');
const well = groupOf('sink', 'OK');
const other = groupOf('other', 'OK');

test('trouble is not announced twice after polls that could not see the group', async t => {
  const { poll, restart } = await setUp(t);
  expect(await poll(2, [stopped])).toEqual(['sink is STOP.']);
  // Its broker is down, and the portal restarts meanwhile.
  expect(await poll(10, [other], false)).toEqual([]);
  restart();
  expect(await poll(10, [other], false)).toEqual([]);
  expect(await poll(10, [stopped, other])).toEqual([]);
});

test('a recovery during partial polls is announced', async t => {
  const { poll } = await setUp(t);
  await poll(2, [stopped]);
  expect(await poll(5, [other], false)).toEqual([]);
  expect(await poll(3, [well, other])).toEqual(['sink keeps up again']);
});

test('an unreadable group keeps its announced state', async t => {
  const { poll } = await setUp(t);
  await poll(2, [stopped]);
  expect(await poll(10, [groupOf('sink', 'UNREADABLE')])).toEqual([]);
  expect(await poll(10, [groupOf('sink', 'UNKNOWN')])).toEqual([]);
  expect(await poll(3, [well])).toEqual(['sink keeps up again']);
});

test('one complete poll without the group does not forget it', async t => {
  const { poll } = await setUp(t);
  await poll(2, [stopped]);
  expect(await poll(1, [other])).toEqual([]);
  expect(await poll(5, [stopped, other])).toEqual([]);
});

test('owners notified of trouble are notified when the group is gone', async t => {
  const { knex, poll } = await setUp(t);
  await poll(2, [stopped]);
  expect(await poll(10, [])).toEqual(['sink is gone']);
  expect(await knex('lag_alert')).toEqual([]);
  // Recreated, it starts over.
  expect(await poll(2, [stopped])).toEqual(['sink is STOP.']);
});

test('trouble counts as announced only once a notification was sent', async t => {
  const { owners, poll } = await setUp(t);
  owners.delete('sink');
  expect(await poll(10, [{ ...stopped, ownerRefs: [] }])).toEqual([]);
  expect(await poll(2, [stopped])).toEqual(['sink is STOP.']);
});
