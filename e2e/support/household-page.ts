import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalMqttTopic } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { uniqueName } from '@homelab/test-kit';
import type { BrowserContext, Page } from '@playwright/test';
import type { MqttClient } from 'mqtt';

const schema = z.object({ url: z.string(), password: z.string() });

/**
 * Where the household page is served, and its password: `HOMELAB_TEST_HOUSEHOLD_PAGE`, which the
 * end-to-end tier sets.
 *
 * @throws an error that says how to start the tier when it is missing.
 */
export function householdPageUnderTest(): z.infer<typeof schema> {
  const { HOMELAB_TEST_HOUSEHOLD_PAGE: text } = process.env;
  if (!text) {
    throw new Error(
      'The browser tests need the whole system: start both with `./homelab test e2e`.',
    );
  }
  return schema.parse(JSON.parse(text));
}

/** Signs in beside the browser; the value of the session's cookie. */
export async function openSession(): Promise<string> {
  const { url, password } = householdPageUnderTest();
  const response = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  });
  const [cookie = ''] = response.headers.getSetCookie();
  const value = /^homelab-session=([^;]+)/.exec(cookie)?.[1];
  if (value === undefined)
    throw new Error(`${response.status} ${await response.text()}`);
  return value;
}

/** Puts the cookie of a session into a browser. */
export async function useSession(
  context: BrowserContext,
  value: string,
): Promise<void> {
  const { url } = householdPageUnderTest();
  await context.addCookies([{ name: 'homelab-session', value, url }]);
}

/** A house of a test's own: a heat pump, a meter and a room, each publishing over MQTT. */
export interface TestHouse {
  readonly room: string;
  /** Publishes a reading of every device with these values. */
  publish(values?: { insideC?: number; roomC?: number }): Promise<void>;
  /** Makes the page show the devices of this house, beside those of other tests. */
  choose(page: Page): Promise<void>;
}

/** Creates a house; nothing is published yet. */
export function createHouse(device: MqttClient): TestHouse {
  const [heatPumpId, meterId, roomId] = ['pump', 'meter', 'room'].map(name =>
    uniqueName(name),
  ) as [string, string, string];
  const room = `Room ${roomId.slice(-6)}`;
  const send = async (stream: Stream, deviceId: string, values: object) => {
    const reading = { timestamp: new Date().toISOString(), ...values };
    await device.publishAsync(
      canonicalMqttTopic(stream, deviceId),
      JSON.stringify({ ...reading, device_id: deviceId }),
      { qos: 1 },
    );
  };
  return {
    room,
    async publish({ insideC = 20.8, roomC = 21.4 } = {}) {
      await Promise.all([
        send('heatpump', heatPumpId, {
          ...{ mode: 'heating', compressor_running: true },
          ...{ actual_temp: insideC, target_temp: 21, outdoor_temp: -3.1 },
          ...{ supply_temp: 38.2, return_temp: 33.1, flow_rate_lpm: 14 },
          ...{ hot_water_temp: 48.5, hot_water_target_temp: 50 },
          ...{ power_consumption_kw: 1.24, heat_output_kw: 5.1 },
        }),
        send('energy', meterId, { power_kw: 2.31, total_energy_kwh: 1_000 }),
        send('temperature', roomId, {
          ...{ room, temperature: roomC, humidity: 41, battery: 12 },
        }),
      ]);
    },
    async choose(page) {
      await page.addInitScript(preferences => {
        const key = 'homelab.preferences';
        if (localStorage.getItem(key) === null)
          localStorage.setItem(key, preferences);
      }, JSON.stringify({ heatPumpId, meterId }));
    },
  };
}

const builtFiles = join(
  import.meta.dirname,
  '../../services/heatpump-web/dist/assets',
);

/** What the browser loads of the page over its views, compressed, in bytes; charts come later. */
export function gzipBytesWithoutCharts(): number {
  return readdirSync(builtFiles)
    .filter(name => name.endsWith('.gz') && !/chart|uplot/i.test(name))
    .reduce((total, name) => total + statSync(join(builtFiles, name)).size, 0);
}
