import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDeviceStates } from './device-states.ts';
import type { DeviceStates, LogPlace, TickState } from './device-states.ts';
import type { ObservedField, ObservedValue } from './observed-field.ts';

const intervalMs = 5_000;
const lifetimeMs = 60_000;
const startMs = Date.UTC(2026, 0, 12, 6, 30);
const limits = { intervalMs, maxBytes: 10_000_000 };

function observed(
  atMs: number,
  field: string,
  value: ObservedValue,
  deviceId = 'pump',
): ObservedField {
  const receivedAtMs = startMs + atMs;
  const identity = { dialect: 'heishamon', stream: 'heatpump' } as const;
  return { ...identity, deviceId, field, value, receivedAtMs, lifetimeMs };
}

const writtenAtOnce = (one: ObservedField, offset: bigint): LogPlace => ({
  offset,
  writtenAtMs: one.receivedAtMs,
});

/** Takes a whole log and gives every state handed out. */
function takeAll(
  states: DeviceStates,
  log: readonly ObservedField[],
): TickState[] {
  return log.flatMap((one, index) =>
    states.take(one, writtenAtOnce(one, BigInt(index))),
  );
}

/** Ticks in milliseconds since the start, with their fields. */
function shown(all: readonly TickState[]) {
  return all.map(({ atMs, fields }) => [
    atMs - startMs,
    Object.fromEntries(fields),
  ]);
}

describe('ticks', () => {
  test('a state is emitted when the first observation of a later tick arrives', () => {
    const states = createDeviceStates(limits);
    const handedOut = takeAll(states, [
      observed(1, 'a', 1),
      observed(4_999, 'b', 2),
      observed(5_000, 'a', 3),
      observed(5_001, 'a', 4),
      observed(22_000, 'b', 5),
    ]);
    expect(shown(handedOut)).toEqual([
      [5_000, { a: 3, b: 2 }],
      [10_000, { a: 4, b: 2 }],
    ]);
    expect(states.pendingFrom()).toBe(4n);
  });

  test('the clock emits a state that no later observation completes, once', () => {
    const states = createDeviceStates(limits);
    takeAll(states, [observed(1, 'a', 1)]);
    expect(states.due(startMs + 4_999)).toEqual([]);
    expect(shown(states.due(startMs + 5_000))).toEqual([[5_000, { a: 1 }]]);
    expect(states.due(startMs + 60_000)).toEqual([]);
    expect(states.pendingFrom()).toBeUndefined();
  });

  test('a late observation completes a tick that the clock has emitted', () => {
    const states = createDeviceStates(limits);
    takeAll(states, [observed(1, 'a', 1)]);
    states.due(startMs + 6_000);
    takeAll(states, [observed(2, 'b', 2)]);
    expect(shown(states.due(startMs + 6_000))).toEqual([
      [5_000, { a: 1, b: 2 }],
    ]);
  });

  test('an observation that is late by a whole tick counts for the current tick', () => {
    const states = createDeviceStates(limits);
    const handedOut = takeAll(states, [
      observed(7_000, 'a', 1),
      observed(2_000, 'b', 2),
      observed(3_000, 'a', 0),
      observed(12_000, 'a', 3),
    ]);
    expect(shown(handedOut)).toEqual([[10_000, { a: 1, b: 2 }]]);
    expect(states.counts.outdated).toBe(1);
  });

  test('devices of one partition do not wait for each other', () => {
    const states = createDeviceStates(limits);
    const handedOut = takeAll(states, [
      observed(1, 'a', 1, 'one'),
      observed(6_000, 'a', 2, 'two'),
      observed(6_001, 'a', 3, 'one'),
    ]);
    expect(handedOut.map(({ deviceId }) => deviceId)).toEqual(['one']);
    expect(states.pendingFrom()).toBe(1n);
  });
});

describe('lifetimes', () => {
  test('a field holds for its lifetime and is gone at the first tick after it', () => {
    const states = createDeviceStates(limits);
    const handedOut = takeAll(states, [
      observed(0, 'old', 1),
      observed(lifetimeMs, 'new', 2),
      observed(lifetimeMs + 1, 'new', 3),
      observed(lifetimeMs + intervalMs + 1, 'new', 4),
    ]);
    expect(shown(handedOut).slice(1)).toEqual([
      [lifetimeMs, { old: 1, new: 2 }],
      [lifetimeMs + intervalMs, { new: 3 }],
    ]);
    expect(states.counts.expired).toBe(1);
  });

  test('an observation past its lifetime is ignored', () => {
    const states = createDeviceStates(limits);
    takeAll(states, [observed(lifetimeMs + intervalMs, 'new', 1)]);
    states.due(Infinity);
    const late = observed(0, 'old', 2);
    states.take(late, { offset: 9n, writtenAtMs: late.receivedAtMs + 1e9 });
    expect(states.due(Infinity)).toEqual([]);
    expect(states.counts.outdated).toBe(1);
  });

  test('an observed null is a value', () => {
    const states = createDeviceStates(limits);
    takeAll(states, [observed(0, 'a', 1), observed(1, 'a', null)]);
    expect(shown(states.due(Infinity))).toEqual([[5_000, { a: null }]]);
  });
});

describe('clocks', () => {
  test('after the clock was set back, readings continue at once', () => {
    const states = createDeviceStates(limits);
    const hourMs = 3_600_000;
    const handedOut = takeAll(states, [
      observed(hourMs + 1, 'a', 1),
      observed(1, 'b', 2),
      observed(5_001, 'b', 3),
    ]);
    expect(shown(handedOut)).toEqual([
      [hourMs + 5_000, { a: 1 }],
      [5_000, { a: 1, b: 2 }],
    ]);
  });

  test('an old redriven observation does not look like a clock set back', () => {
    const states = createDeviceStates({ ...limits, intervalMs: 1_000 });
    takeAll(states, [observed(100_000, 'a', 2)]);
    states.due(Infinity);
    const redriven = observed(0, 'a', 1);
    const writtenAtMs = startMs + 100_500;
    expect(states.take(redriven, { offset: 1n, writtenAtMs })).toEqual([]);
    expect(states.due(Infinity)).toEqual([]);
  });
});

describe('memory', () => {
  test('endless new names stay within the bytes, and evicted states were emitted', () => {
    const states = createDeviceStates({ intervalMs, maxBytes: 100_000 });
    const log = Array.from({ length: 5_000 }, (_, index) =>
      observed(index, 'a', index, `flood-${index}`),
    );
    const handedOut = takeAll(states, log);
    expect(states.bytes).toBeLessThanOrEqual(100_000);
    expect(states.deviceCount).toBe(5_000 - states.counts.forgotten);
    handedOut.push(...states.due(Infinity));
    expect(new Set(handedOut.map(({ deviceId }) => deviceId)).size).toBe(5_000);
  });

  test('the bytes of a device are released when its fields expire', () => {
    const states = createDeviceStates(limits);
    takeAll(states, [observed(0, 'keep', 1)]);
    const { bytes } = states;
    takeAll(states, [
      observed(1, 'text', 'x'.repeat(100)),
      observed(lifetimeMs + 2, 'keep', 1),
    ]);
    states.due(Infinity);
    expect(states.bytes).toBe(bytes);
  });
});

/** Observations of a few devices and fields, mostly in order and some late or twice. */
const logs = fc
  .array(
    fc.record({
      stepMs: fc.oneof(
        fc.integer({ min: 0, max: 3_000 }),
        fc.constant(lifetimeMs),
      ),
      lateMs: fc.oneof(
        fc.constant(0),
        fc.constant(0),
        fc.integer({ min: 0, max: 12_000 }),
      ),
      device: fc.constantFrom('one', 'two'),
      field: fc.constantFrom('a', 'b', 'c'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map(steps => {
    let atMs = 0;
    return steps.map(({ stepMs, lateMs, device, field }, index) => {
      atMs += stepMs;
      return observed(Math.max(0, atMs - lateMs), field, index, device);
    });
  });

/** Rows as a table holds them: the last one of each device and time. */
function rowsOf(all: readonly TickState[]): Map<string, unknown> {
  return new Map(
    all.map(({ deviceId, atMs, fields }) => [
      `${deviceId} ${atMs - startMs}`,
      Object.fromEntries([...fields].toSorted()),
    ]),
  );
}

/** What the rows of a log must be, told without any state: by looking at all of it. */
function expectedRows(log: readonly ObservedField[]): Map<string, unknown> {
  const rows = new Map<string, unknown>();
  for (const deviceId of new Set(log.map(one => one.deviceId))) {
    const own = log.filter(one => one.deviceId === deviceId);
    const tickOf = (one: ObservedField) =>
      Math.ceil(one.receivedAtMs / intervalMs) * intervalMs;
    for (const tickMs of new Set(own.map(tickOf))) {
      const later = own.findIndex(one => tickOf(one) > tickMs);
      const before = later === -1 ? own : own.slice(0, later);
      if (!before.some(one => tickOf(one) === tickMs)) continue;
      const fields: Record<string, unknown> = {};
      const inOrder = before.toSorted(
        (one, other) => one.receivedAtMs - other.receivedAtMs,
      );
      for (const one of inOrder)
        if (tickMs - one.receivedAtMs <= lifetimeMs)
          fields[one.field] = one.value;
      const name = `${deviceId} ${tickMs - startMs}`;
      rows.set(name, Object.fromEntries(Object.entries(fields).toSorted()));
    }
  }
  return rows;
}

describe('for any log', () => {
  test('the rows equal those of a simple model', () => {
    fc.assert(
      fc.property(logs, log => {
        const states = createDeviceStates(limits);
        const handedOut = takeAll(states, log);
        handedOut.push(...states.due(Infinity));
        expect(rowsOf(handedOut)).toEqual(expectedRows(log));
      }),
    );
  });

  test('the times at which the clock emits states change no row', () => {
    fc.assert(
      fc.property(logs, fc.array(fc.nat(60)), (log, moments) => {
        const states = createDeviceStates(limits);
        const handedOut = log.flatMap((one, index) => {
          const taken = states.take(one, writtenAtOnce(one, BigInt(index)));
          return moments.includes(index)
            ? [...taken, ...states.due(Infinity)]
            : taken;
        });
        handedOut.push(...states.due(Infinity));
        expect(rowsOf(handedOut)).toEqual(expectedRows(log));
      }),
    );
  });

  test('owners that die anywhere leave the same rows as one that lives', () => {
    fc.assert(
      fc.property(logs, fc.array(fc.nat(20)), (log, lives) => {
        const handedOut: TickState[] = [];
        let committed = 0;
        for (const life of [...lives, log.length]) {
          const states = createDeviceStates(limits);
          takeAll(states, log.slice(0, committed));
          states.settle();
          const end = Math.min(log.length, committed + life);
          for (let offset = committed; offset < end; offset += 1) {
            const one = log[offset];
            if (one)
              handedOut.push(
                ...states.take(one, writtenAtOnce(one, BigInt(offset))),
              );
          }
          if (end === log.length) handedOut.push(...states.due(Infinity));
          committed = Number(states.pendingFrom() ?? end);
        }
        expect(rowsOf(handedOut)).toEqual(expectedRows(log));
      }),
    );
  });
});
