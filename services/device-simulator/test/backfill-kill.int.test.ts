import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMqtt, eventually, testServers } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { hourMs, minuteMs } from '../src/house-model/units.ts';

// The house is computed from the first of January before anything is published.
const patience = { timeoutMs: 60_000 };

/** Starts a simulator as its own process, with a history unless the mark says that it is complete. */
function startSimulator(t: TestScope, markFile: string) {
  const { mqtt } = testServers();
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: {
      PATH: process.env.PATH,
      MQTT_URL: mqtt.url,
      MQTT_USERNAME: 'simulator',
      MQTT_PASSWORD: mqtt.passwords.simulator,
      SITE_TIME_ZONE: 'Europe/Stockholm',
      SIMULATOR_SEED: '4711',
      SIMULATOR_BACKFILL: '48h',
      SIMULATOR_BACKFILL_MARK: markFile,
      OPS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  t.onTestFinished(kill);
  return { kill, log: () => log };
}

function readMark(file: string): { from: string; complete: boolean } {
  return JSON.parse(readFileSync(file, 'utf8'));
}

test('history interrupted by a kill -9 is complete after the next start, with the same messages', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-backfill-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  const received: { key: string; time: string; text: string }[] = [];
  const monitor = await connectMqtt(t, 'monitor', {
    properties: { receiveMaximum: 1000 },
  });
  monitor.on('message', (topic, payload) => {
    const text = payload.toString();
    const { timestamp: time } = JSON.parse(text) as { timestamp: string };
    received.push({ key: `${topic} ${time}`, time, text });
  });
  await monitor.subscribeAsync('homelab/+/+', { qos: 1 });

  const markFile = join(folder, 'interrupted');
  const killed = startSimulator(t, markFile);
  await eventually(
    () => expect(received.length).toBeGreaterThan(200),
    patience,
  );
  await killed.kill();
  const { from, complete } = readMark(markFile);
  expect(complete).toBe(false);

  const second = startSimulator(t, markFile);
  await eventually(
    () => expect(readMark(markFile).complete).toBe(true),
    patience,
  );
  await second.kill();
  expect(readMark(markFile).from).toBe(from);

  // What an uninterrupted start publishes for the same time.
  const split = received.length;
  const wholeFile = join(folder, 'whole');
  writeFileSync(wholeFile, JSON.stringify({ from, complete: false }));
  const whole = startSimulator(t, wholeFile);
  await eventually(
    () => expect(readMark(wholeFile).complete).toBe(true),
    patience,
  );
  const lastMinute = new Date(Date.parse(from) + 48 * hourMs - minuteMs);
  const until = lastMinute.toISOString();
  const inTime = (from_: number, to?: number) =>
    new Map(
      received
        .slice(from_, to)
        .filter(({ time }) => time >= from && time <= until)
        .map(({ key, text }) => [key, text]),
    );
  await eventually(() => expect(inTime(split).size).toBeGreaterThan(48 * 60));
  expect(inTime(0, split)).toEqual(inTime(split));

  // Once it is complete, a start publishes no history.
  await whole.kill();
  const third = startSimulator(t, wholeFile);
  await eventually(
    () => expect(third.log()).toContain('house-built'),
    patience,
  );
  expect(third.log()).not.toContain('history-started');
}, 180_000);
