import type { LagStatus } from '@homelab/plugin-consumer-lag-common';
import { judgePartition } from './judgePartition';
import type { Evidence } from './judgePartition';
import { PartitionWindow } from './PartitionWindow';

const pollMs = 15_000;
const limits = { minSamples: 10, allowedLag: 0n };

type Offset = bigint | null;

/** A window as it is after these polls: committed offset and end of each. */
function windowOf(seen: readonly (readonly [Offset, Offset])[]) {
  const window = new PartitionWindow({ minSamples: 10, spanMs: 5 * 60_000 });
  seen.forEach(([committed, end], index) =>
    window.observe({ atMs: (index + 1) * pollMs, committed, end }),
  );
  return window;
}

function judge(
  seen: readonly (readonly [Offset, Offset])[],
  overrides: Partial<Evidence> = {},
) {
  const { samples, movements } = windowOf(seen);
  return judgePartition(
    {
      samples,
      movements,
      committed: samples.at(-1)?.committed ?? null,
      end: samples.at(-1)?.end ?? null,
      low: 0n,
      next: samples.at(-1)?.committed ?? null,
      isRecord: false,
      reader: 'member' as const,
      isGone: false,
      problem: undefined,
      ...overrides,
    },
    limits,
  );
}

/** Twelve polls: what is committed and where the end is at each. */
function polls(
  committed: (index: number) => number | null,
  end: (index: number) => number | null,
  count = 12,
): [Offset, Offset][] {
  const big = (value: number | null) => (value === null ? null : BigInt(value));
  return Array.from({ length: count }, (_, index) => [
    big(committed(index)),
    big(end(index)),
  ]);
}

/** Twelve polls of which each sees the same. */
const still = (committed: number | null, end: number | null) =>
  polls(
    () => committed,
    () => end,
  );

/** Burrow's rules in their order, and what is ours. */
const cases: readonly [
  string,
  [Offset, Offset][],
  Partial<Evidence>,
  LagStatus,
][] = [
  [
    'too few polls',
    polls(
      i => i,
      i => i + 5,
      9,
    ),
    {},
    'UNKNOWN',
  ],
  [
    'too few polls, also when all is read',
    polls(
      i => i,
      i => i,
      9,
    ),
    {},
    'UNKNOWN',
  ],
  [
    'nothing unread',
    polls(
      i => 10 * i,
      i => 10 * i,
    ),
    {},
    'OK',
  ],
  ['a quiet topic, read to its end', still(10, 10), {}, 'OK'],
  [
    'a quiet topic that has just got a record',
    polls(
      () => 10,
      i => (i < 11 ? 10 : 11),
    ),
    {},
    'OK',
  ],
  [
    'commits ended, with a member',
    polls(
      i => Math.min(i, 4) * 10,
      i => i * 10 + 10,
    ),
    {},
    'STALL',
  ],
  [
    'commits ended, without a member',
    polls(
      i => Math.min(i, 4) * 10,
      i => i * 10 + 10,
    ),
    { reader: 'nobody' },
    'STOP',
  ],
  [
    'commits ended a shorter time ago than they took',
    polls(
      i => Math.min(i, 8) * 10,
      i => i * 10 + 10,
    ),
    { reader: 'nobody' },
    'WARN',
  ],
  ['nothing moved at all, with a member', still(10, 20), {}, 'STALL'],
  [
    'nothing moved at all, without a member',
    still(10, 20),
    { reader: 'nobody' },
    'STOP',
  ],
  [
    'a simple consumer that moves',
    polls(
      i => 10 * i,
      i => 10 * i + (i % 3),
    ),
    { reader: 'simple' },
    'OK',
  ],
  [
    'a simple consumer that does not',
    polls(
      () => 10,
      i => 20 + i,
    ),
    { reader: 'simple' },
    'STOP',
  ],
  [
    'a fall that was not regained',
    polls(
      i => (i < 6 ? 100 + i : 50 + i),
      () => 200,
    ),
    {},
    'REWIND',
  ],
  [
    'a fall that was regained',
    polls(
      i => (i === 6 ? 50 : 100 + 10 * i),
      i => 130 + 10 * i + (i % 2),
    ),
    {},
    'OK',
  ],
  [
    'all read once in the window',
    polls(
      i => 10 * i,
      i => 10 * i + (i === 7 ? 0 : i),
    ),
    {},
    'OK',
  ],
  [
    'a lag that grows at every poll',
    polls(
      i => 10 * i,
      i => 20 * i + 10,
    ),
    {},
    'WARN',
  ],
  [
    'a lag that stays the same',
    polls(
      i => 10 * i,
      i => 10 * i + 7,
    ),
    {},
    'WARN',
  ],
  [
    'a lag that falls once',
    polls(
      i => 10 * i,
      i => 10 * i + (i === 5 ? 3 : 7),
    ),
    {},
    'OK',
  ],
  [
    'an offset on a topic that no member reads any more',
    polls(
      () => 10,
      i => 20 + i,
    ),
    { reader: 'dropped' },
    'ABANDONED',
  ],
  [
    'the same, with records that were deleted since',
    polls(
      () => 10,
      i => 500 + i,
    ),
    { reader: 'dropped', low: 400n },
    'ABANDONED',
  ],
  [
    'the same, and nothing has arrived since',
    still(10, 10),
    { reader: 'dropped' },
    'OK',
  ],
  [
    'a partition that its members leave out',
    still(10, 20),
    { reader: 'left-out' },
    'STOP',
  ],
  [
    'nothing moved, and nobody knows who reads',
    still(10, 20),
    { reader: 'unknown' },
    'STALL',
  ],
  [
    'deletions up to the next record',
    still(11, 11),
    { low: 11n, committed: 10n, next: 11n },
    'OK',
  ],
  [
    'records deleted unread',
    polls(
      i => 10 * i,
      i => 10 * i + 500,
    ),
    { low: 400n },
    'LOSS',
  ],
  [
    'records deleted unread, seen for the first time',
    polls(
      () => 10,
      () => 500,
      1,
    ),
    { low: 400n },
    'LOSS',
  ],
  [
    'never committed, and nothing there to read',
    still(null, 20),
    { low: 20n },
    'OK',
  ],
  ['never committed', still(null, 20), {}, 'NO_COMMIT'],
  [
    'an expired offset',
    polls(
      i => (i < 8 ? 10 : null),
      () => 20,
    ),
    { reader: 'nobody' },
    'NO_COMMIT',
  ],
  ['a partition that is gone', still(10, null), { isGone: true }, 'ORPHANED'],
  [
    'an end that could not be read',
    polls(
      i => i,
      i => (i < 11 ? i : null),
    ),
    {},
    'UNREADABLE',
  ],
  [
    'a group that is denied',
    polls(
      i => i,
      i => i,
    ),
    { problem: 'Kafka denies it.' },
    'UNREADABLE',
  ],
  ['an offset beyond the end', still(500, 20), {}, 'WARN'],
];

describe('judgePartition', () => {
  it.each(cases)('%s', (_, seen, overrides, status) => {
    const judgement = judge(seen, overrides);
    expect(judgement.status).toBe(status);
    expect(judgement.evidence).toMatch(/^[A-Z\d].*\.$/);
  });

  it('allows a group that commits rarely its usual interval', () => {
    // It commits every 8 polls; the window holds no movement for a while.
    const rare = polls(
      i => Math.floor(i / 24) * 100,
      i => 100 + 5 * i,
      90,
    );
    expect(judge(rare).status).not.toBe('STALL');
    expect(
      judge([
        ...rare,
        ...polls(
          () => 300,
          i => 600 + i,
          60,
        ),
      ]).status,
    ).toBe('STALL');
  });

  it('says since when and how much in its evidence', () => {
    expect(judge(still(10, 1_520)).evidence).toBe(
      'Its offset has been at 10 for 2 min 45 s while 1,510 records wait, although a member reads this partition: look for a record it cannot process.',
    );
  });

  it('allows the configured lag', () => {
    const { samples, movements } = windowOf(still(10, 15));
    const evidence = {
      samples,
      movements,
      committed: 10n,
      end: 15n,
      low: 0n,
      next: samples.at(-1)?.committed ?? null,
      isRecord: false,
      reader: 'member' as const,
      isGone: false,
      problem: undefined,
    };
    expect(
      judgePartition(evidence, { minSamples: 10, allowedLag: 5n }).status,
    ).toBe('OK');
    expect(
      judgePartition(evidence, { minSamples: 10, allowedLag: 4n }).status,
    ).toBe('STALL');
  });
});
