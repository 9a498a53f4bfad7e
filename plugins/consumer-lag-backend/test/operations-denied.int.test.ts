import { AuthorizeResult } from '@backstage/plugin-permission-common';
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

/** Every route beyond looking, with what would be a fitting request. */
const operations = (
  dlq: string,
): [string, 'get' | 'post', string, object?][] => {
  const base = `/clusters/${clusterName}`;
  const filter = { kind: 'filter', filter: {} };
  const group = `${base}/groups/anybody/offset-resets`;
  return [
    ['dead-letters-peek', 'get', `${base}/dead-letters/${dlq}/letters`],
    [
      'redrive',
      'post',
      `${base}/dead-letters/${dlq}/redrives`,
      { selection: filter, dryRun: true },
    ],
    ['redrive', 'post', `${base}/redrives/${anyId}/cancel`],
    ['redrive', 'post', `${base}/redrives/${anyId}/resume`],
    [
      'offset-reset',
      'post',
      `${group}/preview`,
      { target: { kind: 'earliest' } },
    ],
    [
      'offset-reset',
      'post',
      group,
      { previewToken: anyId, confirmation: 'anybody' },
    ],
    [
      'offset-reset',
      'post',
      `${base}/offset-resets/${anyId}/undo`,
      { confirmation: 'anybody' },
    ],
  ];
};

async function expectAllDenied(
  portal: TestPortal,
  dlq: string,
  reason: RegExp,
) {
  for (const [eventId, method, path, body] of operations(dlq)) {
    const { status, text } = await portal[method](path, body);
    expect({ path, status }).toEqual({ path, status: 403 });
    expect(text).toMatch(reason);
    expect(portal.audited[portal.audited.length - 1]).toMatchObject({
      eventId,
      outcome: 'fail',
    });
  }
  const undo = await portal.get(
    `/clusters/${clusterName}/offset-resets/${anyId}/undo`,
  );
  expect(undo.status).toBe(403);
}

test('without configuration peek, redrive and reset are denied to everybody, and the attempt is audited', async () => {
  const topics = await createLetterTopics(t);
  const producer = await createTestProducer(t);
  await producer.send([letter(topics, 0)]);
  const portal = await startPortal(t, {
    config: { deadLetters: topics.deadLetters },
  });
  await expectAllDenied(portal, topics.dlq, /switched off/);
  expect(await recordsOf(topics.origin)).toEqual([]);
  for (const path of ['/dead-letters', '/redrives', '/offset-resets'])
    expect((await portal.get(`/clusters/${clusterName}${path}`)).status).toBe(
      200,
    );
});

test('switched on they still need the permission, and so does looking', async () => {
  const topics = await createLetterTopics(t);
  const portal = await startPortal(t, {
    config: { actions: enabled, deadLetters: topics.deadLetters },
    result: AuthorizeResult.DENY,
  });
  await expectAllDenied(
    portal,
    topics.dlq,
    /needs the permission consumer-lag\./,
  );
  for (const path of [
    '/dead-letters',
    '/redrives',
    '/offset-resets',
    `/redrives/${anyId}`,
  ])
    expect((await portal.get(`/clusters/${clusterName}${path}`)).status).toBe(
      403,
    );
});
