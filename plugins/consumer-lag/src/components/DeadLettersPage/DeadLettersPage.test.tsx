import type { DeadLetterTopic } from '@homelab/plugin-consumer-lag-common';
import { screen, within } from '@testing-library/react';
import { failing } from '../../testing/failure';
import { ago, createCluster } from '../../testing/groups';
import { createLetterTopic, createRedrive } from '../../testing/letters';
import { renderLag } from '../../__testUtils__/renderLag';
import { allAllowed } from '../../testing/createFakeApi';
import { DeadLettersPage } from './DeadLettersPage';
import { describeDeadLetters } from './describeDeadLetters';

const now = () => new Date().toISOString();
const empty: Partial<DeadLetterTopic> = {
  letters: 0,
  waiting: 0,
  redriven: 0,
  groups: [],
  oldestFailedAt: null,
  newestFailedAt: null,
};

const answer = (topics: readonly DeadLetterTopic[]) => ({
  getDeadLetters: async (cluster: string) => ({
    now: now(),
    checkedAt: ago(20_000),
    cluster,
    topics: [...topics],
    runningRedriveId: null,
  }),
});

it('counts letters by reason, and each reason leads to its letters', async () => {
  await renderLag(<DeadLettersPage />, {
    api: answer([
      createLetterTopic(),
      createLetterTopic({ topic: 'homelab.heatpump.dlq', ...empty }),
    ]),
  });
  expect(
    await screen.findByRole('heading', {
      name: '312 dead letters wait in homelab.energy.dlq, the oldest for 1 d 7 h.',
    }),
  ).toBeInTheDocument();
  const reasons = screen.getByRole('list', {
    name: 'Reasons in homelab.energy.dlq',
  });
  expect(
    within(reasons)
      .getAllByRole('listitem')
      .map(item => item.textContent),
  ).toEqual([
    'timestamp_invalid240 waiting',
    'measurement_missing61 waiting, 29 redriven',
    'json_invalid11 waiting',
  ]);
  expect(
    within(reasons).getByRole('link', { name: 'json_invalid' }),
  ).toHaveAttribute(
    'href',
    '/consumer-lag/dead-letters/home/homelab.energy.dlq?code=json_invalid',
  );
  expect(
    screen.getByText('No letters in homelab.heatpump.dlq.'),
  ).toBeInTheDocument();
});

it('says what was cut of a topic with too many letters', async () => {
  await renderLag(<DeadLettersPage />, {
    api: answer([
      createLetterTopic({
        isPartial: true,
        letters: 1_204_331,
        examined: 100_000,
        waiting: 100_000,
      }),
    ]),
  });
  expect(
    await screen.findByText(/newest 100,000 of at most 1,204,331 letters/),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('heading', { name: /^At least 100,000 dead letters/ }),
  ).toBeInTheDocument();
});

it('says in its own place which topic could not be read', async () => {
  await renderLag(<DeadLettersPage />, {
    api: answer([
      createLetterTopic(),
      createLetterTopic({
        topic: 'homelab.rooms.dlq',
        ...empty,
        problem: 'Kafka denies the portal this topic.',
      }),
    ]),
  });
  const rooms = await screen.findByRole('region', {
    name: 'homelab.rooms.dlq',
  });
  expect(rooms).toHaveTextContent('Kafka denies the portal this topic.');
  expect(
    screen.getByRole('region', { name: 'homelab.energy.dlq' }),
  ).toHaveTextContent('312 waiting');
});

it('says how dead-letter topics get here', async () => {
  await renderLag(<DeadLettersPage />, { api: answer([]) });
  expect(
    await screen.findByText('consumerLag.deadLetters.topics'),
  ).toBeInTheDocument();
});

it('asks for the cluster in the address', async () => {
  const asked: string[] = [];
  await renderLag(<DeadLettersPage />, {
    at: '/?cluster=cloud',
    api: {
      getClusters: async () => ({
        now: now(),
        clusters: [createCluster(), createCluster({ name: 'cloud' })],
        actions: allAllowed,
      }),
      getDeadLetters: async cluster => {
        asked.push(cluster);
        return answer([createLetterTopic()]).getDeadLetters(cluster);
      },
    },
  });
  await screen.findByRole('region', { name: 'homelab.energy.dlq' });
  expect(new Set(asked)).toEqual(new Set(['cloud']));
});

it('shows who sent what again, and how it ended', async () => {
  const failed = createRedrive({
    state: 'failed',
    sent: 120,
    expected: 240,
    canResume: true,
    failure: { code: 'X', message: 'Kafka went away.' },
  });
  await renderLag(<DeadLettersPage />, {
    api: {
      getRedrives: async () => ({
        now: now(),
        redrives: [failed],
        nextCursor: null,
        rate: { defaultPerSecond: 50, maxPerSecond: 500 },
      }),
    },
  });
  const history = await screen.findByRole('region', { name: 'Redrives' });
  expect(
    await within(history).findByText(/120 of 240 letters sent/),
  ).toBeInTheDocument();
  expect(history).toHaveTextContent('Kafka went away.');
  expect(history).toHaveTextContent(
    'letters measurement_missing of homelab.energy.dlq, by anna, 2 h ago',
  );
  expect(
    within(history).getByRole('button', { name: 'Resume' }),
  ).toBeInTheDocument();
});

it('names the permission to whoever lacks it', async () => {
  await renderLag(<DeadLettersPage />, {
    api: { getDeadLetters: failing(403, 'no') },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'consumer-lag.read',
  );
});

it.each([
  [[{ waiting: 0 }], 'ok', 'No dead letter waits.'],
  [
    [{ waiting: 0, problem: 'denied' }],
    'unknown',
    'a.dlq could not be read; no other dead letter waits.',
  ],
  [
    [{ waiting: 1 }],
    'watch',
    '1 dead letter waits in a.dlq, the oldest for 2 h.',
  ],
  [
    [{ waiting: 1 }, { waiting: 2, oldestFailedAt: null }],
    'watch',
    '3 dead letters wait in 2 dead-letter topics, the oldest for 2 h.',
  ],
])('judges %j as %s', (topics, severity, text) => {
  const oldestFailedAt = '2026-01-12T06:00:00.000Z';
  expect(
    describeDeadLetters(
      topics.map(topic => ({
        topic: 'a.dlq',
        isPartial: false,
        oldestFailedAt,
        problem: null,
        ...topic,
      })),
      Date.parse(oldestFailedAt) + 7_200_000,
    ),
  ).toEqual({ severity, text });
});
