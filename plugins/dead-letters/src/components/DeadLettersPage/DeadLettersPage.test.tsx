import type { DeadLetterTopic } from '@homelab/plugin-dead-letters-common';
import { screen, within } from '@testing-library/react';
import { failing } from '@homelab/portal-react/testing';
import { ago, createLetterTopic, createRedrive } from '../../testing/letters';
import { renderLetters } from '../../__testUtils__/renderLetters';
import { allAllowed } from '../../testing/createFakeApi';
import { DeadLettersPage } from './DeadLettersPage';

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

it('counts messages by reason, and each reason links to its messages', async () => {
  await renderLetters(<DeadLettersPage />, {
    api: answer([
      createLetterTopic(),
      createLetterTopic({
        topic: 'homelab.heatpump.dlq',
        title: 'Heat pump readings',
        ...empty,
      }),
    ]),
  });
  expect(
    await screen.findByRole('heading', {
      name: '312 messages could not be processed; the oldest failed 1 d 7 h ago.',
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
    'The time of the reading is invalid240 waiting',
    'The reading has no known value61 waiting, 29 sent again',
    'The message is not JSON11 waiting',
  ]);
  expect(
    within(reasons).getByRole('link', { name: 'The message is not JSON' }),
  ).toHaveAttribute(
    'href',
    '/dead-letters/home/homelab.energy.dlq?code=json_invalid',
  );
  expect(
    screen.getByText('Nothing failed: Heat pump readings.'),
  ).toBeInTheDocument();
});

it('says what the counts of a very large topic leave out', async () => {
  await renderLetters(<DeadLettersPage />, {
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
    await screen.findByText(/newest 100,000 of at most 1,204,331 messages/),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('heading', { name: /^At least 100,000 messages/ }),
  ).toBeInTheDocument();
});

it('says of a full topic that messages are deleted early', async () => {
  const storage = {
    sizeBytes: 270_000_000,
    retentionBytes: 256 * 1024 * 1024,
    retentionMs: 14 * 24 * 3_600_000,
    isFull: true,
  };
  await renderLetters(<DeadLettersPage />, {
    api: answer([
      createLetterTopic({ storage }),
      createLetterTopic({
        topic: 'homelab.rooms.dlq',
        storage: { ...storage, isFull: false },
      }),
      createLetterTopic({ topic: 'homelab.heatpump.dlq', storage: null }),
    ]),
  });
  expect(
    await screen.findByRole('region', { name: 'homelab.energy.dlq' }),
  ).toHaveTextContent(
    'This topic is full (256 MiB): the oldest messages are deleted before they are 14 d old. Fix the cause, or delete what is not needed.',
  );
  expect(screen.getAllByText(/This topic is full/)).toHaveLength(1);
});

it('calls a topic by its title, with the Kafka topic beside it', async () => {
  await renderLetters(<DeadLettersPage />, {
    api: answer([createLetterTopic({ title: 'Electricity meter readings' })]),
  });
  const panel = await screen.findByRole('region', {
    name: 'Electricity meter readings',
  });
  expect(
    within(panel).getByRole('link', { name: 'Electricity meter readings' }),
  ).toHaveAttribute('href', '/dead-letters/home/homelab.energy.dlq');
  expect(panel).toHaveTextContent('homelab.energy.dlq');
});

it('shows the error of a topic that cannot be read in its own panel', async () => {
  await renderLetters(<DeadLettersPage />, {
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

it('says how to make dead-letter topics appear', async () => {
  await renderLetters(<DeadLettersPage />, { api: answer([]) });
  expect(await screen.findByText('deadLetters.topics')).toBeInTheDocument();
});

it('shows the cluster in the address', async () => {
  const asked: string[] = [];
  await renderLetters(<DeadLettersPage />, {
    at: '/?cluster=cloud',
    api: {
      getClusters: async () => ({
        now: now(),
        clusters: [
          { name: 'home', title: 'Home' },
          { name: 'cloud', title: 'Cloud' },
        ],
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

it('lists who sent what again, with the result', async () => {
  const failed = createRedrive({
    state: 'failed',
    sent: 120,
    expected: 240,
    canResume: true,
    failure: { code: 'X', message: 'Kafka went away.' },
  });
  await renderLetters(<DeadLettersPage />, {
    api: {
      getRedrives: async () => ({
        now: now(),
        redrives: [failed],
        nextCursor: null,
        rate: { defaultPerSecond: 50, maxPerSecond: 500 },
      }),
    },
  });
  const history = await screen.findByRole('region', { name: 'Sent again' });
  expect(
    await within(history).findByText(/120 of 240 messages sent/),
  ).toBeInTheDocument();
  expect(history).toHaveTextContent('Kafka went away.');
  expect(history).toHaveTextContent(
    'Measurement missing in homelab.energy.dlq, by anna, 2 h ago',
  );
  expect(
    within(history).getByRole('button', { name: 'Resume' }),
  ).toBeInTheDocument();
});

it('names the missing permission', async () => {
  await renderLetters(<DeadLettersPage />, {
    api: { getDeadLetters: failing(403, 'no') },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'dead-letters.read',
  );
});

it('says that messages were sent again with another tool', async () => {
  await renderLetters(<DeadLettersPage />, {
    api: {
      getRedrives: async () => ({
        now: now(),
        redrives: [],
        nextCursor: null,
        rate: { defaultPerSecond: 50, maxPerSecond: 500 },
      }),
    },
  });
  expect(
    await screen.findByText(
      /Nothing has been sent again from the portal yet\. 29 messages were sent again with another tool/,
    ),
  ).toBeInTheDocument();
});
