import { setTimeout as delay } from 'node:timers/promises';
import { reportFilters, settingsFormats } from '@homelab/heat-pump-settings';
import { createLogLimiter } from '@homelab/service-kit';
import type {
  ConnectionState,
  Logger,
  Registry,
  Service,
} from '@homelab/service-kit';
import { createCommandStore } from './command-store.ts';
import type { Config } from './config.ts';
import { createControl } from './control.ts';
import { createDeviceRegisters } from './device-registers.ts';
import { createControlMetrics } from './metrics.ts';
import { createMqttLink } from './mqtt-link.ts';

/** Commands are looked for this often; a report of a device that is waited for comes in between. */
const roundEveryMs = 1_000;

/** Wires the service. Start: broker, then rounds over the database. Stop: the other way round. */
export function createApp(deps: {
  config: Config;
  logger: Logger;
  registry: Registry;
  /** The MQTT client id; two clients with the same id disconnect each other. */
  clientId: string;
}): Service {
  const { config, logger, registry, clientId } = deps;
  const formats = settingsFormats({
    thermiq: { clientPrefix: config.thermiqClientPrefix },
  });
  const store = createCommandStore({ connection: config.database, logger });
  const link = createMqttLink({
    ...config.mqtt,
    clientId,
    filters: reportFilters,
    logger,
    onMessage(message) {
      if (control.take(message)) wake();
    },
  });
  const control = createControl({
    formats,
    registers: createDeviceRegisters(),
    store,
    link,
    confirmTimeoutMs: config.confirmTimeoutMs,
    metrics: createControlMetrics(registry, {
      formats: formats.map(({ name }) => name),
    }),
    logger,
  });
  const stopping = new AbortController();
  const limiter = createLogLimiter();
  let pause = new AbortController();
  let database: ConnectionState = { ok: false, detail: 'not asked yet' };
  let loop: Promise<void> | undefined;

  /** Ends the pause between two rounds. */
  function wake(): void {
    pause.abort();
  }

  async function round(): Promise<void> {
    try {
      if (!database.ok) database = await store.check();
      if (database.ok) await control.round();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      database = { ok: false, detail };
      const { log, suppressed } = limiter.admit('database');
      if (log)
        logger.warn(
          { event: 'round-failed', suppressed, err: error },
          'the commands cannot be read or completed',
        );
    }
  }

  async function rounds(): Promise<void> {
    while (!stopping.signal.aborted) {
      pause = new AbortController();
      const { signal } = pause;
      await round();
      await delay(roundEveryMs, undefined, {
        signal: AbortSignal.any([signal, stopping.signal]),
      }).catch(() => {});
    }
  }

  return {
    readiness: () => ({ mqtt: link.connection(), timescale: database }),
    async start() {
      link.start();
      loop ??= rounds();
    },
    async stop() {
      stopping.abort();
      await loop;
      await link.stop();
      await store.stop();
    },
  };
}
