import { setTimeout as delay } from 'node:timers/promises';
import type { Logger, Registry, Service } from '@homelab/service-kit';
import { openBackfillMark } from './backfill-mark.ts';
import type { Config } from './config.ts';
import { createHouseClock } from './house-clock.ts';
import {
  createHouseDevices,
  presenceOf,
  shortestPeriodMs,
  warmUpMs,
  writeFiltersOf,
} from './house-devices.ts';
import type { HouseDevices } from './house-devices.ts';
import { createRandom } from './house-model/random.ts';
import { minuteMs, secondMs } from './house-model/units.ts';
import { createSimulatorMetrics } from './metrics.ts';
import { createMqttPublisher } from './mqtt-publisher.ts';
import type { MqttPublisher } from './mqtt-publisher.ts';
import { dueTicks } from './next-ticks.ts';
import { createMessagePublishing } from './publish-messages.ts';
import type { MessagePublishing } from './publish-messages.ts';
import { createSimulation, houseBeginsMs } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import { createSiteTime } from './site-time.ts';
import { settingsAfter } from './devices/written-settings.ts';
import type { WrittenMessage } from './devices/written-settings.ts';
import { historyMessages, onlyHeatPump } from './history-messages.ts';

interface AppDeps {
  config: Config;
  logger: Logger;
  registry: Registry;
  /** The MQTT client id; two clients with the same id disconnect each other. */
  clientId: string;
  now?: () => number;
}

/** The parts of a running house. */
interface House {
  simulation: Simulation;
  devices: HouseDevices;
  publisher: MqttPublisher;
  publishing: MessagePublishing;
  /** Its history has been told. */
  isLive: boolean;
}

// Live messages begin this far back at most, so that every periodic device publishes at once.
const firstRoundMs = 30 * secondMs;

/**
 * Wires the simulated house to the broker: history first when it is asked for, then
 * live messages until `stop`.
 */
export function createApp(deps: AppDeps): Service {
  const { config, logger, registry, clientId, now = Date.now } = deps;
  const publisher = createMqttPublisher({
    ...config.mqtt,
    clientId,
    logger,
    presence: presenceOf(config.house),
    inbox: {
      filters: writeFiltersOf(config.house),
      onMessage: message => obey(message),
    },
  });
  const publishing = createMessagePublishing({
    publisher,
    metrics: createSimulatorMetrics(registry),
    logger,
  });
  const random = createRandom(config.seed);
  const site = createSiteTime(config.siteTimeZone);
  const house: House = {
    simulation: createSimulation({ house: config.house, random, site }),
    devices: createHouseDevices({ random, site }),
    publisher,
    publishing,
    isLive: false,
  };
  /** The past is what it was: only a house of the present can be told something. */
  function obey(message: WrittenMessage): void {
    if (!house.isLive) return;
    house.simulation.changeSettings(settings =>
      settingsAfter(config.house, settings, message),
    );
  }
  const stopping = new AbortController();
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // Nobody may be listening yet when the loop ends.
  failed.catch(() => {});
  let living: Promise<void> | undefined;

  return {
    failed,
    readiness: () => ({ mqtt: publisher.connection() }),
    async start() {
      refuseEarlyClock(now());
      publisher.start();
      living = live(house, {
        config,
        logger,
        now,
        signal: stopping.signal,
      }).catch((error: unknown) => {
        if (!stopping.signal.aborted) fail(error);
      });
    },
    async stop() {
      stopping.abort();
      await publisher.stop();
      await living;
    },
  };
}

function refuseEarlyClock(nowMs: number): void {
  if (nowMs > houseBeginsMs + 2 * warmUpMs) return;
  throw new Error(
    `The clock of this machine is at ${new Date(nowMs).toISOString()}, but the simulated house begins on ${new Date(houseBeginsMs).toISOString().slice(0, 10)}; set the clock.`,
  );
}

interface Life {
  config: Config;
  logger: Logger;
  now: () => number;
  signal: AbortSignal;
}

/** Runs the house: builds it, publishes its history if wanted, then the present. */
async function live(house: House, life: Life): Promise<void> {
  const { config, logger, now, signal } = life;
  const startedMs = now();
  const mark = openBackfillMark(config.backfillMark);
  const historyFromMs =
    config.backfillMs > 0
      ? mark.begin(firstMinuteOf(startedMs - config.backfillMs))
      : undefined;
  const fromMs = historyFromMs ?? firstMinuteOf(startedMs);
  await warmUp(house, fromMs, signal);
  logger.info(
    { event: 'house-built', tookMs: now() - startedMs },
    'house built',
  );
  await house.publisher.connected;
  if (historyFromMs !== undefined) {
    const { livesFromMs, whole } = await publishHistory(house, life, fromMs);
    if (whole) mark.complete();
    if (config.backfillScope === 'heat-pump') {
      await house.publishing.publishLive(house.devices.lastReports());
    }
    return publishPresent(house, life, livesFromMs);
  }
  // Sleeping sensors may not report again for hours.
  await house.publishing.publishLive(house.devices.lastReports());
  const livesFromMs = Math.floor(now() / firstRoundMs) * firstRoundMs;
  return publishPresent(house, life, livesFromMs);
}

/** The minute of a time, at the earliest the first for which there is a house. */
function firstMinuteOf(timeMs: number): number {
  const minute = Math.floor(timeMs / minuteMs) * minuteMs;
  return Math.max(minute, houseBeginsMs + warmUpMs);
}

/** Advances the house to a time, and its sensors to what they would remember then. */
async function warmUp(house: House, untilMs: number, signal: AbortSignal) {
  const fromMs = untilMs - warmUpMs;
  await house.simulation.fastForwardTo(fromMs, signal);
  let unheard = 0;
  for (const _message of historyMessages(house, fromMs, () => untilMs))
    unheard += 1;
  return unheard;
}

/** Publishes history up to the present; gives the time at which live messages continue, and whether none was refused. */
async function publishHistory(
  house: House,
  { config, logger, now, signal }: Life,
  fromMs: number,
): Promise<{ livesFromMs: number; whole: boolean }> {
  const startedMs = now();
  logger.info(
    { event: 'history-started', from: new Date(fromMs).toISOString() },
    'publishing history',
  );
  let untilMs = fromMs;
  const messages = historyMessages(house, fromMs, () => {
    untilMs = Math.floor(now() / minuteMs) * minuteMs + 1;
    return untilMs;
  });
  const { published, refused } = await house.publishing.publishHistory(
    config.backfillScope === 'house' ? messages : onlyHeatPump(messages),
    signal,
  );
  logger.info(
    {
      event: 'history-published',
      messages: published,
      refused,
      tookMs: now() - startedMs,
    },
    'history published',
  );
  return {
    livesFromMs: untilMs - 1 + shortestPeriodMs,
    whole: refused === 0,
  };
}

/** Publishes the messages of the devices, each at its time, until the signal aborts. */
async function publishPresent(
  house: House,
  { config, now, signal }: Life,
  fromMs: number,
): Promise<void> {
  house.isLive = true;
  const clock = createHouseClock({ fromMs, speed: config.speed });
  let nextMs = fromMs;
  for (;;) {
    const due = dueTicks(nextMs, now());
    for (const stampMs of due.ticksMs) {
      const houseMs = clock(stampMs);
      const state = house.simulation.advanceTo(houseMs);
      const messages = house.devices.messagesAt({ state, stampMs, houseMs });
      // Not awaited: devices do not wait for each other, and the window bounds them.
      void house.publishing.publishLive(messages);
    }
    nextMs = due.nextMs;
    await delay(Math.max(0, nextMs - now()), undefined, { signal });
  }
}
