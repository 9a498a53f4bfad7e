import { statesTopic } from '@homelab/telemetry';
import { createTestKafka, eventually } from '@homelab/test-kit';
import type { TestDatabase } from '@homelab/test-kit';
import type { LedgerEntry } from './ledger.ts';
import type { Pipeline } from './pipeline.ts';
import { withDatabase } from './stored-rows.ts';

/** The values that carry numbers in these scenarios: MQTT topic below the base, column, values per unit. */
const numberedValues = [
  { name: 'main/Operations_Hours', column: 'runtime_compressor_h', scale: 1 },
  { name: 'main/Operations_Counter', column: 'compressor_starts', scale: 1 },
  { name: 's0/WatthourTotal/1', column: 'total_consumed_kwh', scale: 1000 },
] as const;

/** What is wrong with the rows of devices that send one value per message. */
export interface StateVerdict {
  /** Acknowledged to the publisher but in no observation. */
  readonly lost: readonly string[];
  /** Rows that should follow from the observations but are missing. */
  readonly missing: readonly string[];
  /** Rows that differ from the observations. */
  readonly altered: readonly string[];
  /** Rows that follow from no observation. */
  readonly foreign: readonly string[];
}

/** The verdict on a run in which nothing went wrong. */
export const cleanStates: StateVerdict = {
  lost: [],
  missing: [],
  altered: [],
  foreign: [],
};

/** The message with the next number of a value of a heat pump, both chosen at random. */
export function nextValue(
  { random, nextNumber }: Pipeline,
  pumps: readonly string[],
): LedgerEntry {
  const number = nextNumber();
  return {
    number,
    mqttTopic: `${random.pick(pumps)}/${random.pick(numberedValues).name}`,
    payload: Buffer.from(String(number)),
    fate: 'stored',
    acknowledged: false,
  };
}

/** A value in the states topic. */
interface ObservedValue {
  readonly deviceId: string;
  readonly field: string;
  readonly value: number;
  readonly receivedAtMs: number;
}

/** Reads the bridges' observations of the devices of a scenario, in the order of the log. */
async function readObserved(scenario: string): Promise<ObservedValue[]> {
  const observed: ObservedValue[] = [];
  await createTestKafka().read({
    topics: [statesTopic],
    onRecords: async records => {
      for (const { value } of records) {
        const fields: Record<string, unknown> = JSON.parse(String(value));
        const deviceId = String(fields.device_id);
        if (!deviceId.startsWith(scenario)) continue;
        observed.push({
          deviceId,
          field: String(fields.field),
          value: Number(fields.value),
          receivedAtMs: Date.parse(String(fields.received_at)),
        });
      }
      return 'more';
    },
  });
  return observed;
}

/**
 * The rows that follow from a log of observations, computed without keeping state: the row of
 * a tick has, for each field, the newest value before the first observation of a later tick.
 */
function expectedRows(
  observed: readonly ObservedValue[],
  intervalMs: number,
): Map<string, string> {
  const tickOf = ({ receivedAtMs }: ObservedValue) =>
    Math.ceil(receivedAtMs / intervalMs) * intervalMs;
  const rows = new Map<string, string>();
  for (const deviceId of new Set(observed.map(one => one.deviceId))) {
    const own = observed.filter(one => one.deviceId === deviceId);
    for (const tickMs of new Set(own.map(tickOf))) {
      const later = own.findIndex(one => tickOf(one) > tickMs);
      const before = later === -1 ? own : own.slice(0, later);
      // All of them were late, so they count for a later tick.
      if (!before.some(one => tickOf(one) === tickMs)) continue;
      rows.set(`${deviceId} ${tickMs}`, shownRow(newest(before)));
    }
  }
  return rows;
}

function newest(observed: readonly ObservedValue[]): Map<string, number> {
  const inOrder = observed.toSorted(
    (one, other) => one.receivedAtMs - other.receivedAtMs,
  );
  return new Map(inOrder.map(({ field, value }) => [field, value]));
}

function shownRow(values: ReadonlyMap<string, number>): string {
  return numberedValues
    .map(({ name }) => `${name} ${values.get(name) ?? 'nothing'}`)
    .join(', ');
}

/** The rows in the table, in the format of {@link expectedRows}. */
function readStateRows(
  database: TestDatabase,
  scenario: string,
): Promise<Map<string, string>> {
  return withDatabase(database, 'homelab_owner', async client => {
    const columns = numberedValues.map(({ column }) => column).join(', ');
    const { rows } = await client.query<Record<string, unknown>>(
      `SELECT device_id, time, ${columns} FROM heatpump_status`,
    );
    const found = new Map<string, string>();
    for (const row of rows) {
      const deviceId = String(row.device_id);
      if (!deviceId.startsWith(scenario)) continue;
      const values = new Map<string, number>();
      for (const { name, column, scale } of numberedValues) {
        if (row[column] !== null)
          values.set(name, Math.round(Number(row[column]) * scale));
      }
      const atMs = row.time instanceof Date ? row.time.getTime() : NaN;
      found.set(`${deviceId} ${atMs}`, shownRow(values));
    }
    return found;
  });
}

/** Resolves once a row has the number of a message. */
export function untilInRow(
  { database, scenario }: Pipeline,
  { mqttTopic, number }: LedgerEntry,
): Promise<void> {
  const value = numberedValues.find(({ name }) => mqttTopic.endsWith(name));
  return eventually(
    async () => {
      const rows = [...(await readStateRows(database, scenario)).values()];
      if (!rows.some(row => row.includes(`${value?.name} ${number}`)))
        throw new Error(`no row holds number ${number} of ${mqttTopic}`);
    },
    { timeoutMs: 60_000, intervalMs: 200 },
  );
}

/** Compares publisher, observations and rows of a scenario. */
export async function judgeStates(
  { publisher, database, scenario }: Pipeline,
  intervalMs: number,
): Promise<StateVerdict> {
  const observed = await readObserved(scenario);
  const rows = await readStateRows(database, scenario);
  const seen = new Set(
    observed.map(one => `${one.deviceId}/${one.field} ${one.value}`),
  );
  const expected = expectedRows(observed, intervalMs);
  return {
    lost: publisher.entries
      .filter(({ acknowledged }) => acknowledged)
      .map(({ mqttTopic, payload }) => `${mqttTopic} ${payload.toString()}`)
      .filter(name => !seen.has(name)),
    missing: [...expected.keys()].filter(key => !rows.has(key)),
    altered: [...expected]
      .filter(([key, wanted]) => rows.has(key) && rows.get(key) !== wanted)
      .map(([key, wanted]) => `${key}: ${rows.get(key)} instead of ${wanted}`),
    foreign: [...rows.keys()].filter(key => !expected.has(key)),
  };
}
