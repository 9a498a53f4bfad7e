import { EventEmitter } from 'node:events';
import kafkajs from '@homelab/kafkajs';
import { expect, test } from 'vitest';
import { createMembership } from './membership.ts';

const silent = () => {};

/** A membership whose consumer events come from the test. */
function createTold() {
  const emitter = new EventEmitter();
  const { events } = new kafkajs.Kafka({ brokers: ['localhost:1'] }).consumer({
    groupId: 'told',
  });
  const membership = createMembership({
    consumer: {
      events,
      on: (name: string, listener: (event: never) => void) => {
        // Each event has its own shape, which the emitter does not know.
        const hear = (event: unknown) => listener(event as never);
        emitter.on(name, hear);
        return () => emitter.off(name, hear);
      },
    },
    groupId: 'told',
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    now: () => 0,
  });
  const tell = (name: string, payload: object) =>
    emitter.emit(name, { payload });
  membership.begin();
  return {
    membership,
    join: () => tell(events.GROUP_JOIN, { memberAssignment: { energy: [0] } }),
    beginRead: (nodeId: number) => tell(events.FETCH_START, { nodeId }),
    endRead: (nodeId: number) => tell(events.FETCH, { nodeId }),
    async isReading() {
      const pending = Symbol('pending');
      const first = await Promise.race([
        membership.reading.then(() => 'reading'),
        new Promise(resolve => setImmediate(resolve, pending)),
      ]);
      return first === 'reading';
    },
  };
}

test('the first complete read as a member counts', async () => {
  const told = createTold();
  told.join();
  told.beginRead(1);
  expect(await told.isReading()).toBe(false);
  told.endRead(1);
  expect(await told.isReading()).toBe(true);
});

test('a read that failed and made the member join again does not count', async () => {
  const told = createTold();
  told.join();
  told.beginRead(1);
  told.join();
  told.endRead(1);
  expect(await told.isReading()).toBe(false);
  told.beginRead(1);
  told.endRead(1);
  expect(await told.isReading()).toBe(true);
});

test('a read of another broker does not stand in for one that failed', async () => {
  const told = createTold();
  told.join();
  told.beginRead(1);
  told.join();
  told.beginRead(2);
  told.endRead(1);
  expect(await told.isReading()).toBe(false);
});
