import type { SourcedReading } from '@homelab/heat-pump';
import { createLiveClient } from '@homelab/live-client';
import {
  kafkaTopics,
  topicDefinitions,
  topicSettings,
} from '@homelab/telemetry';
import {
  createTestAdmin,
  createTestDatabase,
  createTestProducer,
  eventually,
  uniqueName,
} from '@homelab/test-kit';
import { addApiToken, createApiToken } from '@homelab/timescale-schema';
import { expect, test } from 'vitest';
import { WebSocketLiveSource } from '../src/services/WebSocketLiveSource';
import { startLiveProcess } from './live-process';

const slow = { timeoutMs: 30_000 };

test('hears what is produced, says when the live server is gone, and misses nothing meanwhile', async t => {
  const admin = await createTestAdmin(t);
  await admin.createTopics(
    topicDefinitions.map(topic => ({
      name: topic.name,
      partitions: topic.partitions,
      config: topicSettings(topic),
    })),
  );
  const database = await createTestDatabase(t);
  const owner = await database.connect('homelab_owner');
  const token = createApiToken();
  const scopes = ['readings:read'] as const;
  await addApiToken(owner, { token, name: 'portal', scopes, expiresAt: null });
  const producer = await createTestProducer(t);
  const first = await startLiveProcess(t, database);
  const source = new WebSocketLiveSource({
    client: createLiveClient({
      url: first.url,
      credentials: () => ({ bearer: token }),
      minBackoffMs: 50,
      maxBackoffMs: 500,
    }),
  });
  t.onTestFinished(() => source.stop());
  const heard: [SourcedReading, string][] = [];
  source.subscribe((reading, origin) => heard.push([reading, origin]));
  expect(source.status()).toMatchObject({ ok: false });
  source.start();
  await eventually(
    () => expect(source.status()).toMatchObject({ ok: true }),
    slow,
  );

  const deviceId = uniqueName('pump');
  const startMs = Date.now() - 60_000;
  const send = (seconds: number, supplyTemp: number) =>
    producer.send([
      {
        topic: kafkaTopics.heatpump,
        key: deviceId,
        value: JSON.stringify({
          timestamp: new Date(startMs + seconds * 1_000).toISOString(),
          device_id: deviceId,
          supply_temp: supplyTemp,
        }),
      },
    ]);
  const supplyTemps = () =>
    heard
      .filter(([{ stream }]) => stream === 'heatpump')
      .filter(([{ deviceId: from }]) => from === deviceId)
      .map(([{ reading }]) => 'supply_temp' in reading && reading.supply_temp);
  await send(10, 38);
  await eventually(() => expect(supplyTemps()).toEqual([38]));
  expect(heard.at(-1)?.[1]).toBe('live');

  await first.kill();
  await eventually(() =>
    expect(source.status()).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^Live readings cannot be followed: /),
    }),
  );
  await send(20, 39);
  await startLiveProcess(t, database, Number(new URL(first.url).port));
  await eventually(() => expect(supplyTemps()).toEqual([38, 39]), slow);
  await source.stop();
  await send(30, 40);
  expect(supplyTemps()).toEqual([38, 39]);
}, 120_000);
