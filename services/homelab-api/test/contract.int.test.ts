import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { fileScope } from '@homelab/test-kit';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildOpenApi } from '../src/openapi.ts';
import { startApi } from './api-fixture.ts';
import type { TestApi } from './api-fixture.ts';

const file = fileScope(afterAll);
const document = buildOpenApi();
const now = Date.parse('2026-03-30T12:00:00Z');
/** Same requests in each run; another seed tries others. */
const seed = Number(process.env.HOMELAB_CONTRACT_SEED ?? 20_260_112);
const runs = 25;
const commandId = '7f1f5d2e-6d1c-4b3c-9f5e-0a1b2c3d4e5f';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: {
    enum?: string[];
    type?: string;
    format?: string;
    minimum?: number;
    maximum?: number;
  };
}

interface Operation {
  operationId: string;
  parameters?: Parameter[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

const operations = Object.entries(document.paths).flatMap(([path, { get }]) =>
  get === undefined
    ? []
    : [
        {
          path,
          operation: get as unknown as Operation,
          id: get.operationId,
        },
      ],
);

let api: TestApi;

beforeAll(async () => {
  const control = { isOn: true, commandTimeoutMs: 60_000, commandsPerHour: 9 };
  api = await startApi(file, { now: () => now, control });
  const sink = await api.database.connect('homelab_sink');
  const times = `SELECT $1::timestamptz - n * interval '5 minutes' AS t, n FROM generate_series(1, 1500) n`;
  const since = [new Date(now).toISOString()];
  await sink.query(
    `INSERT INTO energy_readings (device_id, time, received_at, power_kw, total_energy_kwh)
     SELECT 'meter', t, t, n % 7, 9000 - n * 0.1 FROM (${times}) readings`,
    since,
  );
  await sink.query(
    `INSERT INTO heatpump_status (device_id, time, received_at, supply_temp, return_temp, outdoor_temp,
       compressor_running, mode, heat_output_kw, power_consumption_kw)
     SELECT 'pump', t, t, 35 + n % 5, 30, 2, n % 20 > 5, 'heating', 5, 1.5 FROM (${times}) readings`,
    since,
  );
  await sink.query(
    `INSERT INTO temperature_readings (device_id, time, received_at, room, temperature)
     SELECT 'hall', t, t, 'Hall', 20 + n % 3 FROM (${times}) readings`,
    since,
  );
  const owner = await api.database.connect('homelab_owner');
  await owner.query(
    `INSERT INTO heat_pump_settings (device_id, setting, value, read_at, format)
     VALUES ('pump', 'target_temp', '20', $1, 'thermiq'), ('pump', 'heating_curve', '38', $1, 'thermiq'),
       ('pump', 'operating_mode', '"auto"', $1, 'thermiq')`,
    since,
  );
  await owner.query(
    `INSERT INTO heat_pump_commands (id, principal, idempotency_key, requested_by, device_id, setting,
       from_value, to_value, expires_at)
     VALUES ($1, 'test', 'key', 'eva', 'pump', 'target_temp', '20', '21', now())`,
    [commandId],
  );
  await api.markRollups('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z');
}, 60_000);

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ $id: 'api', ...document });
const pointer = (text: string) =>
  text.replaceAll('~', '~0').replaceAll('/', '~1');

/** Checks an answer against the document: status, content type and body. */
async function check(path: string, operation: Operation, response: Response) {
  const status = String(response.status);
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const text = await response.text();
  const where = `${response.url}: ${status} ${text.slice(0, 300)}`;
  expect(Object.keys(operation.responses), where).toContain(status);
  const content = operation.responses[status]?.content ?? {};
  expect(Object.keys(content), where).toContain(type);
  if (!type.endsWith('json')) return;
  const place = `api#/paths/${pointer(path)}/get/responses/${status}/content/${pointer(type)}/schema`;
  const validate = ajv.getSchema(place);
  const valid = validate?.(JSON.parse(text));
  expect(valid, `${where} ${JSON.stringify(validate?.errors)}`).toBe(true);
}

const time = fc
  .date({
    min: new Date(now - 40 * 86_400_000),
    max: new Date(now),
    noInvalidDate: true,
  })
  .map(date => date.toISOString());

/** Values that a parameter should take. */
const byName: Record<string, fc.Arbitrary<string>> = {
  deviceId: fc.constantFrom('meter', 'pump', 'hall', 'nobody'),
  device_id: fc.constantFrom('meter', 'pump', 'nobody'),
  timeZone: fc.constantFrom(
    'UTC',
    'Europe/Stockholm',
    'Asia/Kolkata',
    'Pacific/Apia',
  ),
  fields: fc.constantFrom('power_kw', 'supply_temp,return_temp', 'temperature'),
  commandId: fc.constantFrom(commandId, commandId.replace('7', '8')),
  value: fc.constantFrom('21', '99', 'auto', 'off', '-'),
  from: time,
  to: time,
  cursor: fc.constant(Buffer.from('["energy","meter"]').toString('base64url')),
};

function likely({ name, schema }: Parameter): fc.Arbitrary<string> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'integer')
    return fc.integer({ min: schema.minimum, max: schema.maximum }).map(String);
  return byName[name] ?? fc.string({ maxLength: 20 });
}

const nasty = fc.oneof(
  fc.constantFrom(
    ...[
      "' OR 1=1 --",
      "'; DROP TABLE energy_readings; --",
      '$1',
      '%',
      '%00',
      '\u0000',
    ],
    ...[
      '../../etc/passwd',
      '__proto__',
      'NaN',
      'Infinity',
      '-1',
      '1e999',
      '9'.repeat(400),
    ],
    ...[
      '',
      ' ',
      'null',
      '[]',
      '{}',
      '\ud800',
      '💧',
      'Ａ',
      '2026-02-30T00:00:00Z',
    ],
    ...[
      '9999-12-31T23:59:59Z',
      '-271821-04-20T00:00:00Z',
      '2026-01-01',
      'a'.repeat(3_000),
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 100 }),
);

function urlOf(
  path: string,
  values: Record<string, string>,
  parameters: readonly Parameter[],
) {
  let url = path;
  const query = new URLSearchParams();
  for (const { name, in: place } of parameters) {
    const value = values[name];
    if (value === undefined) continue;
    if (place === 'query') query.append(name, value);
    else
      url = url.replace(`{${name}}`, encodeURIComponent(value.toWellFormed()));
  }
  return query.size === 0 ? url : `${url}?${query}`;
}

/** Requests of an operation: all parameters likely, or one of them nasty. */
function requestsOf(path: string, operation: Operation) {
  const parameters = operation.parameters ?? [];
  const record = (choose: (one: Parameter) => fc.Arbitrary<string>) =>
    fc.record(
      Object.fromEntries(parameters.map(one => [one.name, choose(one)])),
      {
        requiredKeys: parameters
          .filter(({ required }) => required)
          .map(({ name }) => name),
      },
    );
  const one = fc.constantFrom(...parameters.map(({ name }) => name), 'unknown');
  return {
    likely: record(likely).map(values => urlOf(path, values, parameters)),
    nasty: one.chain(name =>
      fc
        .tuple(record(likely), nasty)
        .map(([values, value]) =>
          urlOf(path, { ...values, [name]: value }, [
            ...parameters,
            { name: 'unknown', in: 'query', required: false, schema: {} },
          ]),
        ),
    ),
  };
}

describe.each(operations)('$id', ({ path, operation }) => {
  const requests = requestsOf(path, operation);

  test('answers as the document says, also with 200', async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(requests.likely, async url => {
        const response = await api.get(url);
        statuses.add(response.status);
        await check(path, operation, response);
      }),
      { seed, numRuns: runs },
    );
    expect(statuses).toContain(200);
  }, 60_000);

  test('stands whatever a parameter holds', async () => {
    await fc.assert(
      fc.asyncProperty(requests.nasty, async url => {
        const response = await api.get(url);
        expect(response.status).toBeLessThan(500);
        // An empty or a dotted segment is another path, which nobody documented.
        if (response.status === 404 && !(await isDocumented(response.clone())))
          return;
        await check(path, operation, response);
      }),
      { seed, numRuns: runs },
    );
  }, 60_000);
});

async function isDocumented(response: Response): Promise<boolean> {
  const problem = await response.json();
  return problem.code !== 'route_unknown';
}

test('schemathesis finds nothing that contradicts the document', async () => {
  const program = process.env.HOMELAB_TEST_SCHEMATHESIS;
  if (program === undefined)
    throw new Error(
      'HOMELAB_TEST_SCHEMATHESIS names no program. Run the tests with "./homelab test integration".',
    );
  const options = [
    ...['--header', `Authorization: Bearer ${api.token}`],
    ...['--phases', 'coverage,fuzzing', '--max-examples', '10'],
    ...['--seed', String(seed), '--no-shrink', '--no-color'],
  ];
  const found = spawn(
    program,
    [
      ...['--config-file', join(import.meta.dirname, 'schemathesis.toml')],
      ...['run', `${api.url}/openapi.json`, ...options],
    ],
    // It keeps what it has found in its working directory.
    { cwd: await mkdtemp(join(tmpdir(), 'schemathesis-')), stdio: 'pipe' },
  );
  const [output, errors, [exitCode]] = await Promise.all([
    textOf(found.stdout),
    textOf(found.stderr),
    once(found, 'close'),
  ]);
  expect(exitCode, `${output.slice(-20_000)}${errors}`).toBe(0);
}, 400_000);

test('nothing of it was the fault of the API', () => {
  expect(api.log.filter(({ level }) => level === 'error')).toEqual([]);
});

test('every problem code is documented at a route or is one of no route', () => {
  const described = JSON.stringify(document.paths);
  const ofNoRoute = [
    'route_unknown',
    'method_not_allowed',
    'headers_too_large',
    'malformed_request',
    'request_timeout',
  ];
  const codes: string[] = JSON.parse(
    JSON.stringify(document.components.schemas.Problem),
  ).properties.code.enum;
  for (const code of codes.filter(one => !ofNoRoute.includes(one)))
    expect(described).toContain(`\`${code}\``);
});
