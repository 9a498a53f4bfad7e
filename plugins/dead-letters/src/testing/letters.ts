import type {
  DeadLetter,
  DeadLetterTopic,
  Redrive,
} from '@homelab/plugin-dead-letters-common';

const minute = 60_000;
const hour = 60 * minute;

/** The time `ms` milliseconds ago, ISO 8601. */
export function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}

/** A UUID made from a small number. */
export function testId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A dead-letter topic with waiting letters. */
export function createLetterTopic(
  overrides: Partial<DeadLetterTopic> = {},
): DeadLetterTopic {
  return {
    topic: 'homelab.energy.dlq',
    title: null,
    letters: 341,
    isPartial: false,
    examined: 341,
    waiting: 312,
    redriven: 29,
    oldestFailedAt: ago(31 * hour),
    newestFailedAt: ago(4 * minute),
    groups: [
      {
        code: 'timestamp_invalid',
        reason: 'The time of the reading is invalid',
        isRest: false,
        waiting: 240,
        redriven: 0,
      },
      {
        code: 'measurement_missing',
        reason: 'The reading has no known value',
        isRest: false,
        waiting: 61,
        redriven: 29,
      },
      {
        code: 'json_invalid',
        reason: 'The message is not JSON',
        isRest: false,
        waiting: 11,
        redriven: 0,
      },
    ],
    storage: {
      sizeBytes: 1_482_113,
      retentionBytes: 268_435_456,
      retentionMs: 720 * hour,
      isFull: false,
    },
    problem: null,
    ...overrides,
  };
}

/** A waiting dead letter. */
export function createLetter(overrides: Partial<DeadLetter> = {}): DeadLetter {
  const text = JSON.stringify(
    { timestamp: '2026-13-40T25:00:00Z', device_id: 'meter-1', power_kw: 2.31 },
    null,
    2,
  );
  return {
    partition: 0,
    offset: '340',
    timestamp: ago(4 * minute),
    failedAt: ago(4 * minute),
    code: 'timestamp_invalid',
    reason: 'The time of the reading is invalid',
    stage: 'bridge',
    message: 'timestamp: not a valid time.',
    origin: 'homelab/energy/meter-1',
    target: 'homelab.ingest.redrive',
    redriveCount: 0,
    key: { kind: 'text', text: 'meter-1', hiddenBytes: 0 },
    headers: [
      ['dlq-code', 'timestamp_invalid'],
      ['dlq-stage', 'bridge'],
      ['dlq-message', 'timestamp: not a valid time.'],
      ['dlq-failed-at', ago(4 * minute)],
      ['dlq-mqtt-topic', 'homelab/energy/meter-1'],
    ].map(([name = '', shown = '']) => ({
      name,
      value: { kind: 'text', text: shown, hiddenBytes: 0 },
    })),
    value: {
      kind: 'json',
      text,
      sizeBytes: text.length,
      hiddenBytes: 0,
      isMasked: false,
    },
    redriven: null,
    ...overrides,
  };
}

/** Letters with several reasons, newest first. */
export function createLetters(count: number): DeadLetter[] {
  const codes = ['timestamp_invalid', 'measurement_missing'];
  return Array.from({ length: count }, (_, index) => {
    const code = codes[(index * index) % 3] ?? 'json_invalid';
    return createLetter({
      offset: String(340 - index),
      code,
      reason: reasonOf[code] ?? code,
      failedAt: ago((4 + index * 7) * minute),
      timestamp: ago((4 + index * 7) * minute),
      message: messageOf[code] ?? '',
      ...(code === 'json_invalid' && {
        value: {
          kind: 'binary',
          text: '7b 22 70 6f 77 65 72 5f 6b 77 22 3a 20 ff fe 00',
          sizeBytes: 2_064,
          hiddenBytes: 2_048,
          isMasked: false,
        },
        key: { kind: 'hex', text: 'ff fe', hiddenBytes: 0 },
      }),
      ...(index % 11 === 10 && {
        redriven: {
          redriveId: testId(3),
          at: ago(2 * hour),
          target: 'homelab.ingest.redrive',
        },
      }),
    });
  });
}

const reasonOf: Record<string, string> = {
  timestamp_invalid: 'The time of the reading is invalid',
  measurement_missing: 'The reading has no known value',
  json_invalid: 'The message is not JSON',
};

const messageOf: Record<string, string> = {
  timestamp_invalid: 'timestamp: not a valid time.',
  measurement_missing: 'power_kw: the reading has no known value.',
  json_invalid: 'The payload is not JSON: unexpected byte 0xff at 13.',
};

/** A complete redrive. */
export function createRedrive(overrides: Partial<Redrive> = {}): Redrive {
  return {
    id: testId(3),
    cluster: 'home',
    topic: 'homelab.energy.dlq',
    dryRun: false,
    dryRunId: testId(2),
    state: 'complete',
    selection: {
      kind: 'filter',
      filter: { codes: ['measurement_missing'] },
    },
    ratePerSecond: 50,
    limit: null,
    againBefore: null,
    attempts: [
      {
        by: 'user:default/anna',
        startedAt: ago(2 * hour),
        endedAt: ago(2 * hour - 20_000),
      },
    ],
    cancelledBy: null,
    createdAt: ago(2 * hour),
    updatedAt: ago(2 * hour - 20_000),
    endedAt: ago(2 * hour - 20_000),
    expected: 29,
    sent: 29,
    targets: [{ target: 'homelab.ingest.redrive', letters: 29 }],
    redrivenBefore: 0,
    originUnknown: 0,
    failure: null,
    canResume: false,
    ...overrides,
  };
}

/** The letter with its contents locked. */
export function lockedLetter(letter: DeadLetter): DeadLetter {
  const { sizeBytes } = letter.value;
  return {
    ...letter,
    message: '',
    headers: [],
    value: {
      kind: 'masked',
      text: '•••',
      sizeBytes,
      hiddenBytes: sizeBytes,
      isMasked: true,
    },
  };
}
