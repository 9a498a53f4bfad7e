import { lettersPageSchema } from '@homelab/plugin-dead-letters-common';
import { createTestProducer } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import {
  clusterName,
  createLetterTopics,
  createRedriveCalls,
  enabled,
  letter,
  startPortal,
} from './letters-support';

const t = { onTestFinished };

const secrets = {
  field: 'tulip-4711',
  nested: 'heron-0815',
  inText: 'maple-2342',
  number: '9007199254740993777',
  header: 'bearer-9f8e7d',
  key: 'customer-5544',
  unparsed: 'plain-secret-1234',
};

const mask = {
  fields: ['cardNumber', 'customer.email', '$.account.id'],
  headers: ['authorization', 'x-secret-*'],
  keys: true,
};

/** Letters that hold each secret in its field and everywhere else. */
async function startMasked() {
  const topics = await createLetterTopics(t);
  const producer = await createTestProducer(t);
  const everywhere = Object.values(secrets).join(' ');
  await producer.send([
    letter(topics, 0, {
      key: secrets.key,
      value: `{"visible":"seen","cardNumber":"${secrets.field}","customer":[{"email":"${secrets.nested}"}],"account":{"id":${secrets.number}},"envelope":"{\\"cardNumber\\":\\"${secrets.inText}\\"}","note":"card ${secrets.field}"}`,
      headers: {
        Authorization: secrets.header,
        'x-secret-token': secrets.unparsed,
        'kafka_dlt-exception-message': `no order for ${everywhere}`,
        'kafka_dlt-exception-stacktrace': `at Order(${everywhere})`,
        bytes: Buffer.concat([Buffer.from([0xff, 0]), Buffer.from(everywhere)]),
      },
    }),
    letter(topics, 1, { key: null, value: secrets.unparsed }),
    letter(topics, 2, {
      key: null,
      value: `{"cardNumber":"${secrets.field}"`,
    }),
    letter(topics, 3, { key: null, value: `"${secrets.field}"` }),
    letter(topics, 4, {
      key: null,
      value: Buffer.concat([Buffer.from([0, 0xff]), Buffer.from(everywhere)]),
    }),
    letter(topics, 5, {
      key: null,
      value: JSON.stringify({
        padding: 'x'.repeat(20_000),
        cardNumber: secrets.field,
      }),
    }),
  ]);
  const portal = await startPortal(t, {
    config: { actions: enabled, ...topics.deadLetters, mask },
  });
  return { ...topics, portal };
}

test('no answer of the portal contains a masked text', async () => {
  const { dlq, portal } = await startMasked();
  const base = `/clusters/${clusterName}`;
  const letters = `${base}/dead-letters/${dlq}/letters`;
  const calls = createRedriveCalls(portal, dlq);
  const dryRun = await calls.dryRun({
    selection: { kind: 'filter', filter: {} },
  });
  const answers = [
    await portal.get(`${base}/dead-letters`),
    await portal.get(letters),
    await portal.get(`${letters}?at=0:0`),
    await portal.get(`${letters}?at=0:5`),
    await portal.get(`${letters}?code=IllegalStateException&limit=3`),
    await portal.get(`${letters}?key=other`),
    await portal.get(`${base}/redrives/${dryRun.id}`),
  ];
  for (const { text } of answers)
    for (const [place, secret] of Object.entries(secrets)) {
      expect({ place, leaks: text.includes(secret) }).toEqual({
        place,
        leaks: false,
      });
      const hex = Buffer.from(secret).toString('hex');
      expect({ place, leaks: text.includes(hex) }).toEqual({
        place,
        leaks: false,
      });
    }
});

test('the rest of a masked letter is shown, with marks for what is masked', async () => {
  const { dlq, portal } = await startMasked();
  const { body } = await portal.get(
    `/clusters/${clusterName}/dead-letters/${dlq}/letters`,
  );
  const shown = lettersPageSchema.parse(body).letters.reverse();
  expect(JSON.parse(shown[0].value.text)).toEqual({
    visible: 'seen',
    cardNumber: '•••',
    customer: [{ email: '•••' }],
    account: { id: '•••' },
    envelope: '{"cardNumber":"•••"}',
    note: 'card •••',
  });
  expect(shown[0]).toMatchObject({
    code: 'IllegalStateException',
    key: { kind: 'masked', text: '•••' },
    value: { kind: 'json', isMasked: true },
  });
  expect(shown[0].headers).toContainEqual({
    name: 'trace',
    value: { kind: 'text', text: 'trace-0', hiddenBytes: 0 },
  });
  for (const index of [1, 2, 3, 4])
    expect(shown[index].value).toMatchObject({
      kind: 'masked',
      isMasked: true,
    });
});

test('masked keys cannot be guessed with a filter', async () => {
  const { dlq, portal } = await startMasked();
  const base = `/clusters/${clusterName}/dead-letters/${dlq}`;
  const found = await portal.get(`${base}/letters?key=${secrets.key}`);
  expect(found.status).toBe(400);
  const started = await portal.post(`${base}/redrives`, {
    selection: { kind: 'filter', filter: { key: secrets.key } },
    dryRun: true,
  });
  expect(started.status).toBe(400);
});
