import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { lettersPageSchema } from '@homelab/plugin-dead-letters-common';
import { createTestProducer } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import {
  clusterName,
  createLetterTopics,
  enabled,
  letter,
  recordsOf,
  startPortal,
} from './letters-support';
import type { TestPortal } from './letters-support';

const t = { onTestFinished };
const anyId = '00000000-0000-4000-8000-000000000000';
const base = `/clusters/${clusterName}`;

/** Every route that sends letters, with a valid request. */
const redrives = (dlq: string): [string, object?][] => [
  [
    `${base}/dead-letters/${dlq}/redrives`,
    { selection: { kind: 'filter', filter: {} }, dryRun: true },
  ],
  [`${base}/redrives/${anyId}/cancel`],
  [`${base}/redrives/${anyId}/resume`],
];

async function expectAllDenied(
  portal: TestPortal,
  dlq: string,
  reason: RegExp,
) {
  for (const [path, body] of redrives(dlq)) {
    const { status, text } = await portal.post(path, body);
    expect({ path, status }).toEqual({ path, status: 403 });
    expect(text).toMatch(reason);
    expect(portal.audited.at(-1)).toMatchObject({
      eventId: 'redrive',
      outcome: 'fail',
    });
  }
}

test('without configuration redrives are refused, and the attempt is audited', async () => {
  const topics = await createLetterTopics(t);
  const portal = await startPortal(t, { config: topics.deadLetters });
  await expectAllDenied(portal, topics.dlq, /is disabled/);
  expect(await recordsOf(topics.origin)).toEqual([]);
  for (const path of ['/dead-letters', '/redrives'])
    expect((await portal.get(`${base}${path}`)).status).toBe(200);
});

test('without the peek permission a letter shows time, reason and origin', async () => {
  const topics = await createLetterTopics(t);
  const producer = await createTestProducer(t);
  await producer.send([letter(topics, 0)]);
  const portal = await startPortal(t, {
    config: {
      ...topics.deadLetters,
      reasons: { IllegalStateException: 'the order is not open' },
    },
  });
  const { status, text, body } = await portal.get(
    `${base}/dead-letters/${topics.dlq}/letters`,
  );
  expect(status).toBe(200);
  const { isOpen, letters } = lettersPageSchema.parse(body);
  expect(isOpen).toBe(false);
  expect(letters).toMatchObject([
    {
      failedAt: '2026-01-01T00:00:00.000Z',
      reason: 'the order is not open',
      origin: topics.origin,
      key: { text: 'key-0' },
      message: '',
      headers: [],
      value: { kind: 'masked' },
    },
  ]);
  expect(text).not.toMatch(/no such order|trace-0|"number"/);
  expect(portal.audited).toEqual([]);
});

test('switched on, a redrive still needs its permission, and so does counting', async () => {
  const topics = await createLetterTopics(t);
  const portal = await startPortal(t, {
    config: { actions: enabled, ...topics.deadLetters },
    result: AuthorizeResult.DENY,
  });
  await expectAllDenied(
    portal,
    topics.dlq,
    /need the permission dead-letters\./,
  );
  for (const path of [
    '/clusters',
    `${base}/dead-letters`,
    `${base}/dead-letters/${topics.dlq}/letters`,
    `${base}/redrives`,
    `${base}/redrives/${anyId}`,
  ])
    expect((await portal.get(path)).status).toBe(403);
  expect((await portal.getUnsigned('/clusters')).status).toBe(401);
});
