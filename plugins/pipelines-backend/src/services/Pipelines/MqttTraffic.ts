import type { LoggerService } from '@backstage/backend-plugin-api';
import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { matchesTopicFilter } from './matchesTopicFilter';

const rateSpanMs = 60_000;
const slotMs = 5_000;
/** MQTT topics remembered per set of filters; the ones silent longest are forgotten. */
const maxTopics = 1_000;

/** The messages on some topic filters. */
export interface Traffic {
  /** False while not connected to the broker. */
  readonly isConnected: boolean;
  /** How long it has been subscribed. */
  readonly listeningMs: number;
  readonly newestAtMs: number | null;
  readonly ratePerSecond: number | null;
  /** When each MQTT topic last had a message. */
  readonly topics: ReadonlyMap<string, number>;
}

/** How to reach an MQTT broker. */
export interface MqttBroker {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

interface Watch {
  readonly filters: readonly string[];
  readonly slots: Map<number, number>;
  readonly topics: Map<string, number>;
  newestAtMs: number | null;
}

/**
 * Subscribes to an MQTT broker, with QoS 0 and no session: it counts and times messages and never
 * reads them. Retained messages may be old and are not counted.
 */
export class MqttTraffic {
  private readonly watches: Watch[] = [];
  private client: MqttClient | undefined;
  private startedAtMs = 0;

  constructor(
    private readonly deps: {
      broker: MqttBroker;
      logger: LoggerService;
      now: () => number;
    },
  ) {}

  /** Adds topic filters to subscribe to; call it before `start`. */
  watch(filters: readonly string[]): () => Traffic {
    const watch: Watch = {
      filters,
      slots: new Map(),
      topics: new Map(),
      newestAtMs: null,
    };
    this.watches.push(watch);
    return () => this.trafficOf(watch);
  }

  start(): void {
    const { broker, logger, now } = this.deps;
    this.startedAtMs = now();
    const { url, username, password } = broker;
    const client = connect(url, {
      username,
      password,
      clean: true,
      clientId: `backstage-pipelines-${Math.random().toString(16).slice(2, 10)}`,
      reconnectPeriod: 5_000,
    });
    this.client = client;
    const filters = [...new Set(this.watches.flatMap(one => one.filters))];
    client.on('connect', () => {
      client.subscribe(filters, error => {
        if (error)
          logger.warn(
            `The MQTT broker rejected the subscription, so pipelines show nothing of it: ${error.message}`,
          );
      });
    });
    let isTold = false;
    client.on('error', error => {
      if (!isTold)
        logger.warn(`Cannot connect to the MQTT broker: ${error.message}`);
      isTold = true;
    });
    client.on('message', (topic, _, packet) => {
      if (!packet.retain) this.note(topic);
    });
  }

  async stop(): Promise<void> {
    await this.client?.endAsync(true);
  }

  private note(topic: string): void {
    const nowMs = this.deps.now();
    for (const watch of this.watches) {
      if (!watch.filters.some(filter => matchesTopicFilter(filter, topic)))
        continue;
      watch.newestAtMs = nowMs;
      const slot = Math.floor(nowMs / slotMs);
      watch.slots.set(slot, (watch.slots.get(slot) ?? 0) + 1);
      for (const old of watch.slots.keys())
        if (old < slot - rateSpanMs / slotMs) watch.slots.delete(old);
      // Re-inserted, so that the first key is the one silent longest.
      watch.topics.delete(topic);
      watch.topics.set(topic, nowMs);
      const [oldest] = watch.topics.keys();
      if (watch.topics.size > maxTopics && oldest !== undefined)
        watch.topics.delete(oldest);
    }
  }

  private trafficOf(watch: Watch): Traffic {
    const nowMs = this.deps.now();
    const listeningMs = nowMs - this.startedAtMs;
    const spanMs = Math.min(rateSpanMs, listeningMs);
    const from = Math.floor((nowMs - rateSpanMs) / slotMs);
    const count = [...watch.slots]
      .filter(([slot]) => slot > from)
      .reduce((sum, [, messages]) => sum + messages, 0);
    return {
      isConnected: this.client?.connected ?? false,
      listeningMs,
      newestAtMs: watch.newestAtMs,
      ratePerSecond: spanMs < slotMs ? null : (count * 1000) / spanMs,
      topics: watch.topics,
    };
  }
}
