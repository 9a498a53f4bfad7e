import type { RecordConsumer } from '@homelab/kafka';
import { createBackoff } from '@homelab/service-kit';
import { eventually } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { createGroupMember } from './group-member.ts';

/** A group member on consumers whose fate the test decides. */
function setUp() {
  const consumers: {
    joining: PromiseWithResolvers<void>;
    failed: PromiseWithResolvers<never>;
    isStopped: boolean;
    isOk: boolean;
  }[] = [];
  const events: string[] = [];
  const clock = { nowMs: 0 };
  const member = createGroupMember({
    createConsumer() {
      const consumer = {
        joining: Promise.withResolvers<void>(),
        failed: Promise.withResolvers<never>(),
        isStopped: false,
        isOk: false,
      };
      consumers.push(consumer);
      const { joining, failed } = consumer;
      return {
        start: () => joining.promise,
        async stop() {
          consumer.isStopped = true;
          joining.reject(new Error('stopped'));
        },
        failed: failed.promise,
        state: () =>
          consumer.isOk ? { ok: true } : { ok: false, detail: 'rebalancing' },
        assigned: () => [{ topic: 'states', partition: 2 }],
      } as Partial<RecordConsumer> as RecordConsumer;
    },
    topic: 'states',
    onBatch: async () => {},
    onJoined: () => events.push('joined'),
    onFailure: error => events.push((error as Error).message),
    backoff: createBackoff({ minMs: 1, maxMs: 1 }),
    now: () => clock.nowMs,
  });
  return { member, consumers, events, clock };
}

test('rejoins with a new consumer after a failed join and after a failure for good', async () => {
  const { member, consumers, events } = setUp();
  member.start();
  consumers[0]?.joining.reject(new Error('no such topic'));
  await eventually(() => expect(consumers).toHaveLength(2));
  expect(consumers[0]?.isStopped).toBe(true);
  consumers[1]?.joining.resolve();
  await eventually(() => expect(events).toEqual(['no such topic', 'joined']));
  expect(member.assigned()).toEqual([2]);
  consumers[1]?.failed.reject(new Error('session lost'));
  await eventually(() => expect(consumers).toHaveLength(3));
  expect(events).toEqual(['no such topic', 'joined', 'session lost']);
  await member.stop();
});

test('a stop ends a join that is under way, without another attempt', async () => {
  const { member, consumers, events } = setUp();
  member.start();
  await member.stop();
  await member.stop();
  expect(member.stopping.aborted).toBe(true);
  expect(consumers).toHaveLength(1);
  expect(events).toEqual([]);
});

test('is not ok only after a minute out of the group', async () => {
  const { member, consumers, clock } = setUp();
  member.start();
  expect(member.state()).toEqual({ ok: true });
  clock.nowMs = 59_999;
  expect(member.state()).toEqual({ ok: true });
  clock.nowMs = 60_000;
  expect(member.state()).toEqual({ ok: false, detail: 'rebalancing' });
  const [consumer] = consumers;
  if (consumer) consumer.isOk = true;
  expect(member.state()).toEqual({ ok: true });
  if (consumer) consumer.isOk = false;
  expect(member.state()).toEqual({ ok: true });
  await member.stop();
});
