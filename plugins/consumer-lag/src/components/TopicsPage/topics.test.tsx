import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { failing } from '@homelab/portal-react/testing';
import { ago, createCluster } from '../../testing/groups';
import { currentAddress, renderLag } from '../../__testUtils__/renderLag';
import { createTopic, createTopicDetail } from '../../testing/topics';
import { TopicPage } from '../TopicPage';
import { describeTopic, describeTopics } from './describeTopics';
import { retentionWords } from './retentionWords';
import { TopicsPage } from './TopicsPage';

const now = () => new Date().toISOString();
const well = createTopic({
  topic: 'homelab.devices',
  readers: [
    {
      groupId: 'sink',
      status: 'OK',
      severity: 'ok',
      lag: '0',
      timeLag: { kind: 'caught-up', ms: 0 },
    },
  ],
});
const alone = createTopic({ topic: 'a.alone', readers: [] });
const internal = createTopic({
  topic: '__consumer_offsets',
  isInternal: true,
  readers: [],
});
const topics = [alone, well, createTopic(), internal];

const answer = {
  getTopics: async () => ({
    now: now(),
    clusters: [createCluster()],
    total: topics.length,
    topics,
  }),
};

const rowNames = () =>
  within(screen.getByRole('table', { name: 'Kafka topics' }))
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('link')[0]?.textContent);

describe('TopicsPage', () => {
  it('lists topics in trouble first, and hides internal ones', async () => {
    await renderLag(<TopicsPage />, { api: answer });
    expect(
      await screen.findByRole('heading', {
        name: '1 of 2 Kafka topics has a consumer group that does not keep up.',
      }),
    ).toBeInTheDocument();
    expect(rowNames()).toEqual([
      'homelab.energy',
      'homelab.devices',
      'a.alone',
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: /Kafka’s own 1/ }),
    );
    expect(rowNames()).toContain('__consumer_offsets');
    expect(currentAddress()).toBe('/?internal=shown');
  });

  it('finds a topic by its consumer group', async () => {
    await renderLag(<TopicsPage />, { api: answer, at: '/?q=sink' });
    await screen.findByRole('table', { name: 'Kafka topics' });
    expect(rowNames()).toEqual(['homelab.devices']);
  });

  it('says why the list is empty', async () => {
    await renderLag(<TopicsPage />, {
      api: { getTopics: failing(500, 'The database rests.') },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The Kafka topics cannot be readThe database rests.',
    );
  });
});

describe('TopicPage', () => {
  const render = (overrides: Parameters<typeof createTopicDetail>[0]) =>
    renderLag(
      <Routes>
        <Route path="/:cluster/:topic" element={<TopicPage />} />
      </Routes>,
      {
        at: '/home/homelab.energy',
        api: {
          getTopic: async () => ({
            now: now(),
            cluster: createCluster(),
            topic: createTopicDetail(overrides),
          }),
        },
      },
    );

  it('shows the rate, the consumer groups with their lag, and the dead-letter topic', async () => {
    await render({});
    expect(
      await screen.findByRole('heading', {
        level: 2,
        name: 'homelab.energy receives 12.4 records per second; timescaledb-energy does not keep up, 9 min behind.',
      }),
    ).toBeInTheDocument();
    const readers = screen.getByRole('table', { name: 'Consumer groups' });
    expect(readers).toHaveTextContent('timescaledb-energyFalling behind9 min');
    // No link, because this portal has no dead letters page.
    expect(
      screen.getByText('failed messages go to homelab.energy.dlq'),
    ).toBeInTheDocument();
    const partitions = screen.getByRole('table', { name: 'Partitions' });
    expect(within(partitions).getAllByRole('row')).toHaveLength(13);
  });

  it('says which partition has no leader', async () => {
    const detail = createTopicDetail({ partitionCount: 2 });
    await render({
      partitionCount: 2,
      partitions: detail.partitions.map(one =>
        one.partition === 1
          ? {
              ...one,
              leader: null,
              end: null,
              problem: {
                code: 'LEADER_NOT_AVAILABLE',
                message: 'Nobody leads this partition.',
              },
            }
          : one,
      ),
    });
    expect(
      await screen.findByText('Nobody leads this partition.'),
    ).toBeVisible();
    expect(screen.getByText(/1 of them without a leader/)).toBeInTheDocument();
  });

  it('says that no group reads it', async () => {
    await render({ readers: [] });
    expect(
      await screen.findByText(/No consumer group has committed offsets here/),
    ).toBeInTheDocument();
  });
});

it('formats the retention', () => {
  const week = 7 * 24 * 3_600_000;
  const words = (retentionMs: number | null, cleanupPolicy: string | null) =>
    retentionWords({ retentionMs, cleanupPolicy });
  expect(words(week, 'delete')).toBe('7 d');
  expect(words(null, 'delete')).toBe('forever');
  expect(words(null, 'compact')).toBe('newest of each key');
  expect(words(week, 'compact,delete')).toBe('7 d, newest of each key');
  expect(words(null, null)).toBe('–');
});

it('judges topics by their consumer groups', () => {
  expect(describeTopics([]).severity).toBe('unknown');
  expect(describeTopics([alone]).severity).toBe('unknown');
  expect(describeTopics([alone, well])).toEqual({
    severity: 'ok',
    text: 'The one Kafka topic with a consumer group is read in time.',
  });
  const young = {
    ...well,
    readers: well.readers.map(reader => ({
      ...reader,
      status: 'UNKNOWN' as const,
      severity: 'unknown' as const,
    })),
  };
  expect(describeTopics([young])).toEqual({
    severity: 'unknown',
    text: 'It is not yet known whether the Kafka topics are read in time.',
  });
  expect(describeTopics([young, well])).toEqual({
    severity: 'unknown',
    text: '1 of 2 Kafka topics is read in time; the others are not yet known.',
  });
  const quiet = {
    ...alone,
    producedPerSecond: 0,
    movedAt: ago(3 * 3_600_000),
  };
  expect(describeTopic(quiet, Date.now()).text).toBe(
    'Nothing has arrived in a.alone for 3 h; no consumer group reads it.',
  );
  expect(describeTopic(young, Date.now())).toEqual({
    severity: 'unknown',
    text: expect.stringMatching(
      /; it is unknown whether \S+ reads it in time\.$/,
    ),
  });
});
