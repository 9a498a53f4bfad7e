import type { DescribedGroup } from './words';
import {
  describeGroup,
  describeGroups,
  formatCount,
  formatDuration,
  formatRate,
} from './words';

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
    problem: null,
    unknownPartitions: 0,
    partitionCount: 3,
    ...overrides,
  };
}

it.each([
  [400, 'under 1 s'],
  [42_000, '42 s'],
  [90_000, '1 min 30 s'],
  [9 * minute, '9 min'],
  [72 * minute, '1 h 12 min'],
  [59.7 * minute, '60 min'],
  [119.9 * minute, '2 h'],
  [50 * 60 * minute, '2 d 2 h'],
])('says %i ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it('keeps every digit of a 64 bit count', () => {
  expect(formatCount('9223372036854775807')).toBe('9,223,372,036,854,775,807');
});

it.each([
  [0, '0'],
  [0.004, '<0.01'],
  [0.25, '0.25'],
  [12.34, '12.3'],
  [1234.5, '1,235'],
])('says a rate of %d as %s', (rate, text) => {
  expect(formatRate(rate)).toBe(text);
});

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
      'sink is 9 min behind and falling back.',
    ],
    [
      {
        status: 'STALL',
        lag: '1',
        timeLag: { kind: 'estimated', ms: minute },
        eta: { kind: 'not-moving' },
        headroomMs: 30 * minute,
      },
      'sink does not move although its member runs: 1 record waits unread, the oldest for 1 min; look for a record it cannot handle. Records are lost in 30 min if nothing is done.',
    ],
    [
      {
        status: 'STOP',
        lag: '5000',
        memberCount: 0,
        timeLag: { kind: 'at-least', ms: 60 * minute },
      },
      'sink has stopped: no member runs and 5,000 records wait unread, the oldest for at least 1 h.',
    ],
    [
      {
        status: 'LOSS',
        lag: '500',
        timeLag: { kind: 'estimated', ms: 90 * minute },
        eta: { kind: 'not-moving' },
      },
      'sink has lost records: they were deleted before it read them; it does not move and is 1 h 30 min behind.',
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

describe('describeGroups', () => {
  const ok = { severity: 'ok', status: 'OK', sentence: 'a is fine.' } as const;
  const watch = {
    severity: 'watch',
    status: 'WARN',
    sentence: 'b lags.',
  } as const;
  const act = {
    severity: 'act',
    status: 'STOP',
    sentence: 'c stopped.',
  } as const;
  const young = {
    severity: 'unknown',
    status: 'UNKNOWN',
    sentence: 'd is young.',
  } as const;

  const silent = {
    severity: 'unknown',
    status: 'NO_COMMIT',
    sentence: 'e never committed.',
  } as const;

  it.each([
    [[], 'unknown', 'No consumer group has been seen yet.'],
    [[ok, ok], 'ok', 'All 2 groups keep up.'],
    [[ok], 'ok', '1 group keeps up.'],
    [
      [ok, ok, young],
      'unknown',
      '2 groups keep up; 1 more is still warming up.',
    ],
    [
      [ok, young, silent, silent],
      'unknown',
      '1 group keeps up; nothing is known of 3 more.',
    ],
    [[act, young], 'act', 'c stopped.'],
    [
      [young],
      'unknown',
      'Warming up: the groups have been watched for too short a time.',
    ],
    [[ok, watch], 'watch', 'b lags.'],
    [[watch, watch, ok], 'watch', '2 of 3 groups fall behind.'],
    [
      [act, watch, ok],
      'act',
      '1 of 3 groups needs somebody, 1 more falls behind.',
    ],
  ])('%#', (groups, severity, text) => {
    expect(describeGroups(groups)).toEqual({ severity, text });
  });
});
