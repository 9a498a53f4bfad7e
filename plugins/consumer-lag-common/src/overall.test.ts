import { describeGroups } from './overall';

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

  const idle = { status: 'IDLE', sentence: 'f rests.' } as const;
  const unread = { status: 'NO_READER', sentence: 'nobody reads g.' } as const;
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
      '1 group keeps up; 3 more are unknown.',
    ],
    [[act, young], 'act', 'c stopped.'],
    [[ok, idle], 'ok', '1 group keeps up; 1 idle, with nothing unread.'],
    [[idle, idle], 'unknown', 'All groups are idle, with nothing unread.'],
    [
      [act, watch, unread, unread],
      'act',
      '1 of 4 groups needs attention, 3 more to watch.',
    ],
    [[ok, unread, unread], 'watch', '2 of 3 groups have no reader.'],
    [
      [ok, watch, unread],
      'watch',
      '1 of 3 groups has no reader, 1 more falls behind.',
    ],
    [
      [young],
      'unknown',
      'Warming up: the groups have not been watched long enough yet.',
    ],
    [[ok, watch], 'watch', 'b lags.'],
    [[watch, watch, ok], 'watch', '2 of 3 groups fall behind.'],
    [
      [act, watch, ok],
      'act',
      '1 of 3 groups needs attention, 1 more falls behind.',
    ],
  ])('%#', (groups, severity, text) => {
    expect(describeGroups(groups)).toEqual({ severity, text });
  });
});
