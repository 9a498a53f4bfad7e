import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import type { DeviceMessage } from '../src/device-message.ts';
import type { GoldenMessage } from '../src/dialects/golden-message.ts';
import { dialectSettings } from '../src/dialects/index.ts';
import type { SiteClock } from '../src/payload/read-time.ts';
import { createRouter } from '../src/router.ts';
import type { Router } from '../src/router.ts';
import type { MessageLimits } from '../src/translate-message.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** The limits that a bridge has by default. */
export const defaultLimits: MessageLimits = {
  maxPayloadBytes: 256 * 1024,
  maxAgeMs: 400 * dayMs,
  maxAheadMs: dayMs,
};

/** The settings that dialects have by default, some of them replaced. */
export function settingsOf(
  env: Readonly<Record<string, string>> = {},
): Readonly<Record<string, unknown>> {
  return z.object(dialectSettings).parse(env);
}

/** How a bridge in the zone reads clocks by default. */
export function siteClock(siteTimeZone = 'Europe/Stockholm'): SiteClock {
  return { siteTimeZone, clockToleranceMs: 5 * 60 * 1000 };
}

/** The router of a bridge in the zone, else as it is by default. */
export function routerIn(siteTimeZone?: string): Router {
  return createRouter({
    settings: settingsOf(),
    clock: siteClock(siteTimeZone),
  });
}

/** A golden message as it would come from the MQTT broker. */
export function messageOf(golden: GoldenMessage): DeviceMessage {
  const { mqttTopic, payload, retained = false, receivedAt } = golden;
  return {
    mqttTopic,
    payload:
      typeof payload === 'string' ? new TextEncoder().encode(payload) : payload,
    retained,
    receivedAtMs: Date.parse(receivedAt),
  };
}

/** By how many bytes the heap has grown after some work, what is garbage left out. */
export function heapGrowthBytes(work: () => void): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('There is no gc().');
  collect();
  const before = process.memoryUsage().heapUsed;
  work();
  collect();
  return process.memoryUsage().heapUsed - before;
}
