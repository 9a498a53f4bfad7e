import type { DeadLettersApi } from '../src/api';
import { createFakeApi, noneAllowed } from '../src/testing/createFakeApi';
import { failing } from '@homelab/portal-react/testing';
import {
  ago,
  createLetters,
  createLetterTopic,
  lockedLetter,
} from '../src/testing/letters';
import { playedRedrives } from './playedRedrives';

const now = () => new Date().toISOString();
const clusters = [
  { name: 'home', title: 'Home' },
  { name: 'cloud', title: 'Cloud' },
];

const withLetters = (changes: Partial<DeadLettersApi> = {}) =>
  createFakeApi({
    getDeadLetters: async cluster => ({
      now: now(),
      checkedAt: ago(20_000),
      cluster,
      topics: [
        createLetterTopic({ title: 'Electricity meter readings' }),
        createLetterTopic({
          topic: 'homelab.ingest.dlq',
          isPartial: true,
          letters: 1_204_331,
          examined: 100_000,
          waiting: 100_000,
          redriven: 0,
          groups: [
            {
              code: 'topic_unknown',
              reason: 'No known device uses this MQTT topic',
              isRest: false,
              waiting: 98_120,
              redriven: 0,
            },
            {
              code: 'other',
              reason: 'Other reasons',
              isRest: true,
              waiting: 1_880,
              redriven: 0,
            },
          ],
        }),
        createLetterTopic({
          topic: 'homelab.rooms.dlq',
          problem: 'Kafka denies the portal this topic.',
          letters: 0,
          waiting: 0,
          redriven: 0,
          groups: [],
          oldestFailedAt: null,
          newestFailedAt: null,
        }),
        createLetterTopic({
          topic: 'homelab.heatpump.dlq',
          letters: 0,
          waiting: 0,
          redriven: 0,
          groups: [],
          oldestFailedAt: null,
          newestFailedAt: null,
        }),
      ],
      runningRedriveId: null,
    }),
    ...playedRedrives(),
    ...changes,
  });

function failingApi(status: number, message: string): DeadLettersApi {
  const fail = failing(status, message);
  return createFakeApi({
    getClusters: fail,
    getDeadLetters: fail,
    getLetters: fail,
    getRedrives: fail,
  });
}

/** Every state of the pages, by name. */
export const scenarios: Record<string, () => DeadLettersApi> = {
  'messages wait': () => withLetters(),
  locked: () =>
    withLetters({
      getClusters: async () => ({
        now: now(),
        clusters,
        actions: noneAllowed,
      }),
      getLetters: async ({ cluster, topic, limit = 50 }) => ({
        now: now(),
        cluster,
        topic,
        isOpen: false,
        letters: createLetters(limit).map(lockedLetter),
        examined: limit,
        nextCursor: null,
      }),
    }),
  'no topics': () =>
    withLetters({
      getDeadLetters: async cluster => ({
        now: now(),
        checkedAt: now(),
        cluster,
        topics: [],
        runningRedriveId: null,
      }),
    }),
  loading: () => createFakeApi({ getDeadLetters: () => new Promise(() => {}) }),
  refused: () => failingApi(403, 'You need the permission dead-letters.read.'),
  'kafka away': () =>
    failingApi(503, 'No broker of localhost:9092 can be reached.'),
};
