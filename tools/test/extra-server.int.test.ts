import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foldersIn } from '../src/folders.ts';
import {
  createPrivateFolder,
  serverUser,
  writePrivateFile,
} from '../src/native/server-user.ts';
import { ensureSecrets } from '../src/native/secrets.ts';
import { freePorts, labelPorts, portsAt } from '../src/ports.ts';
import { servers } from '../src/servers/index.ts';
import {
  defineServer,
  password,
  serverRestart,
} from '../src/servers/server.ts';
import { serverProcesses } from '../src/stack.ts';
import { startStack } from '../src/stack-run.ts';
import { serverEnvironment } from '../src/testing/test-environment.ts';
import { findFreePort } from '../src/testing/with-stack.ts';

const program = `
const { token, port } = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));
require('http').createServer((request, answer) => {
  const known = request.headers.authorization === token;
  answer.writeHead(known || request.url === '/ready' ? 200 : 401).end();
}).listen(port, '127.0.0.1');
`;

/** A server as a newcomer would add it: this one object, and its place in the list. */
const doorbell = defineServer({
  ports: { doorbell: { label: 'Doorbell', port: 9190 } },
  secrets: { doorbell: { token: password } },
  install: async () => ({ doorbellProgram: process.execPath }),
  process({ tools, folders, ports, secrets }) {
    const configDir = join(folders.config, 'doorbell');
    const file = join(configDir, 'doorbell.json');
    const user = serverUser();
    return {
      name: 'doorbell',
      essential: true,
      command: tools.doorbellProgram,
      args: ['-e', program, file],
      runAs: user,
      prepare: async () => {
        const { token } = secrets.doorbell;
        await createPrivateFolder(configDir, user);
        await writePrivateFile(
          file,
          JSON.stringify({ token, port: ports.doorbell }),
          user,
        );
      },
      ready: { kind: 'http', url: `http://127.0.0.1:${ports.doorbell}/ready` },
      readyTimeoutMs: 10_000,
      restart: serverRestart,
      stopSignal: 'SIGTERM',
      stopTimeoutMs: 5_000,
      ports: [{ label: 'Doorbell', port: ports.doorbell }],
    };
  },
  testEnv: ({ ports, secrets }) => ({
    HOMELAB_TEST_DOORBELL_URL: `http://127.0.0.1:${ports.doorbell}/`,
    HOMELAB_TEST_DOORBELL_TOKEN: secrets.doorbell.token,
  }),
});

const list = [...servers, doorbell];

test('a server added to the list runs with the data of an older checkout', async t => {
  const base = mkdtempSync(join(tmpdir(), 'homelab-extra-'));
  t.onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  chmodSync(base, 0o755);
  const folders = foldersIn(base, process.cwd());
  const before = await ensureSecrets(folders.secrets);
  const never = new AbortController().signal;
  const stack = await startStack({
    servers: list,
    folders,
    ports: await freePorts(findFreePort, list),
    portOffset: 0,
    processes: options => serverProcesses(options, [doorbell]),
    report: () => {},
    output: () => () => {},
    stopSignal: never,
    killSignal: never,
  });
  t.onTestFinished(() => stack.stop());

  // Its port, process, configuration and secret are those of the module.
  const env = serverEnvironment(stack.options, list);
  const url = String(env.HOMELAB_TEST_DOORBELL_URL);
  const authorization = String(env.HOMELAB_TEST_DOORBELL_TOKEN);
  expect((await fetch(url, { headers: { authorization } })).status).toBe(200);
  expect((await fetch(url)).status).toBe(401);
  expect(stack.options.secrets).toMatchObject(before);
  // What was there before is unchanged.
  expect(env.HOMELAB_TEST_MQTT_URL).toMatch(/^mqtt:/);
});

test('its port moves with the offset of a checkout and has a label', () => {
  const label = { label: 'Doorbell', port: 9390 };
  expect(labelPorts(portsAt(200, list), list)).toContainEqual(label);
  expect(labelPorts(portsAt(200), servers)).not.toContainEqual(label);
});
