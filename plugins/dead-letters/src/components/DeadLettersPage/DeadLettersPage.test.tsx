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

it('counts letters by reason, and each reason leads to its letters', async () => {
  await renderLetters(<DeadLettersPage />, {
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
    'The time of the reading is not valid240 waiting',
    'The reading has no measurement61 waiting, 29 redriven',
    'The message is not JSON11 waiting',
  ]);
  expect(
    within(reasons).getByRole('link', { name: 'The message is not JSON' }),
  ).toHaveAttribute(
    'href',
    '/dead-letters/home/homelab.energy.dlq?code=json_invalid',
  );
  expect(
    screen.getByText('No letters in homelab.heatpump.dlq.'),
  ).toBeInTheDocument();
});

it('says what was cut of a topic with too many letters', async () => {
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
    await screen.findByText(/newest 100,000 of at most 1,204,331 letters/),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('heading', { name: /^At least 100,000 dead letters/ }),
  ).toBeInTheDocument();
});

it('says of a full topic that letters are deleted early', async () => {
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
    'This topic is full (256 MB): the oldest letters are deleted before their 14 d are over. Fix the cause, or purge what is not needed.',
  );
  expect(screen.getAllByText(/This topic is full/)).toHaveLength(1);
});

it('says in its own place which topic could not be read', async () => {
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

it('says how dead-letter topics get here', async () => {
  await renderLetters(<DeadLettersPage />, { api: answer([]) });
  expect(await screen.findByText('deadLetters.topics')).toBeInTheDocument();
});

it('asks for the cluster in the address', async () => {
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

it('shows who sent what again, and how it ended', async () => {
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
  const history = await screen.findByRole('region', { name: 'Redrives' });
  expect(
    await within(history).findByText(/120 of 240 letters sent/),
  ).toBeInTheDocument();
  expect(history).toHaveTextContent('Kafka went away.');
  expect(history).toHaveTextContent(
    'letters Measurement missing of homelab.energy.dlq, by anna, 2 h ago',
  );
  expect(
    within(history).getByRole('button', { name: 'Resume' }),
  ).toBeInTheDocument();
});

it('names the permission to whoever lacks it', async () => {
  await renderLetters(<DeadLettersPage />, {
    api: { getDeadLetters: failing(403, 'no') },
  });
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'dead-letters.read',
  );
});

it('says that letters were redriven elsewhere when the portal knows of no redrive', async () => {
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
      /No redrive was started from the portal\. 29 letters were redriven by another tool/,
    ),
  ).toBeInTheDocument();
});
