import type { DescribedGroup } from './words';
import { describeGroup } from './words';

const minute = 60_000;

function group(overrides: Partial<DescribedGroup>): DescribedGroup {
  return {
    groupId: 'sink',
    status: 'OK',
    lag: '0',
    timeLag: { kind: 'caught-up', ms: 0 },
    eta: { kind: 'done' },
    headroomMs: null,
    memberCount: 1,
    memberlessSince: null,
    readAt: '2026-11-29T13:00:00.000Z',
    lost: null,
    problem: null,
    unknownPartitions: 0,
    partitionCount: 3,
    ...overrides,
  };
}

describe('describeGroup', () => {
  it.each<[Partial<DescribedGroup>, string]>([
    [{}, 'sink has read everything.'],
    [
      {
        status: 'WARN',
        lag: '1200',
        timeLag: { kind: 'estimated', ms: 9 * minute },
        eta: { kind: 'falling-behind', recordsPerSecond: 2 },
      },
      'sink is 9 min behind and falling further behind.',
    ],
    [
      {
        status: 'STALL',
        lag: '1',
        timeLag: { kind: 'estimated', ms: minute },
        eta: { kind: 'not-moving' },
        headroomMs: 30 * minute,
      },
      'sink is not moving although its member is running: 1 record waits unread, the oldest for 1 min. Records will be lost in 30 min unless it catches up.',
    ],
    [
      {
        status: 'STOP',
        lag: '5000',
        memberCount: 0,
        timeLag: { kind: 'at-least', ms: 60 * minute },
      },
      'sink has stopped: no member is running and 5,000 records wait unread, the oldest for at least 1 h.',
    ],
    [
      {
        status: 'LOSS',
        lag: '500',
        timeLag: { kind: 'estimated', ms: 90 * minute },
        eta: { kind: 'not-moving' },
        lost: '390',
      },
      'sink may have lost up to 390 records: they were deleted before it read them; it is not moving and is 1 h 30 min behind.',
    ],
    [
      {
        status: 'NO_READER',
        memberCount: 0,
        memberlessSince: '2026-11-29T12:48:00.000Z',
      },
      'Nobody is reading sink (for 12 min): nothing is unread yet.',
    ],
    [
      { status: 'NO_READER', memberCount: 0, lag: '31' },
      'Nobody is reading sink: 31 records wait unread.',
    ],
    [
      { status: 'IDLE', memberCount: 0 },
      'sink has read everything, and nobody is reading it now.',
    ],
    [
      { status: 'STOP', lag: '5', memberCount: 2 },
      'sink has partitions that no member reads, and 5 records wait unread.',
    ],
    [
      { status: 'NO_COMMIT', lag: null, memberCount: 0 },
      'sink has no committed offsets, or they have expired.',
    ],
    [
      {
        status: 'UNREADABLE',
        lag: null,
        problem: {
          code: 'GROUP_AUTHORIZATION_FAILED',
          message: 'Kafka denies it.',
        },
      },
      'sink could not be read: Kafka denies it.',
    ],
  ])('%#', (overrides, text) => {
    expect(describeGroup(group(overrides))).toBe(text);
  });
});
