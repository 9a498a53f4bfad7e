import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { TestPlugin } from '@homelab/portal-node/testing';
import { expect, onTestFinished, test } from 'vitest';
import { clusterName, startPortal } from './reset-support';

const t = { onTestFinished };
const anyId = '00000000-0000-4000-8000-000000000000';
const base = `/clusters/${clusterName}`;
const group = `${base}/groups/anybody/offset-resets`;

/** Every route that moves offsets, with a valid request. */
const resets: [string, object][] = [
  [`${group}/preview`, { target: { kind: 'earliest' } }],
  [group, { previewToken: anyId, confirmation: 'anybody' }],
  [`${base}/offset-resets/${anyId}/undo`, { confirmation: 'anybody' }],
];

async function expectAllDenied(portal: TestPlugin, reason: RegExp) {
  for (const [path, body] of resets) {
    const { status, text } = await portal.post(path, body);
    expect({ path, status }).toEqual({ path, status: 403 });
    expect(text).toMatch(reason);
    expect(portal.audited.at(-1)).toMatchObject({
      eventId: 'offset-reset',
      outcome: 'fail',
    });
  }
  const undo = await portal.get(`${base}/offset-resets/${anyId}/undo`);
  expect(undo.status).toBe(403);
}

test('without configuration a reset is denied, and the attempt is audited', async () => {
  const portal = await startPortal(t, { actions: {} });
  await expectAllDenied(portal, /is disabled/);
  expect((await portal.get(`${base}/offset-resets`)).status).toBe(200);
});

test('switched on, it still needs its permission, and so does reading', async () => {
  const portal = await startPortal(t, { result: AuthorizeResult.DENY });
  await expectAllDenied(portal, /need the permission consumer-lag\./);
  expect((await portal.get(`${base}/offset-resets`)).status).toBe(403);
});
