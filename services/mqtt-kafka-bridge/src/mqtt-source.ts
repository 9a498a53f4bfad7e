import type {
  Backoff,
  ConnectionState,
  LogLimiter,
  Logger,
} from '@homelab/service-kit';
import type { DeviceMessage } from './device-message.ts';
import type { AckTarget } from './delivery.ts';
import { createLivenessClock } from './liveness-clock.ts';
import type { BridgeMetrics } from './metrics.ts';
import type {
  InboundMessage,
  MqttConnection,
  MqttConnectionOptions,
  OpenMqttConnection,
} from './mqtt-connection.ts';
import { retireSession } from './retire-session.ts';

/** Where the messages go. */
export interface Intake {
  accept(
    message: DeviceMessage,
    target: AckTarget,
    messageId: number | undefined,
  ): void;
  isFull(): boolean;
  readonly pendingCount: number;
  readonly emptySinceMs: number | undefined;
}

/** Maintains one MQTT session: connects, subscribes, and reconnects after every cut. */
export interface MqttSource {
  /** Starts to connect, without waiting for it. */
  start(): void;
  /** Resumes after the intake was full. */
  resume(): void;
  /** Stops accepting messages for good; acknowledgements are still sent. */
  closeIntake(): void;
  /** Disconnects; the broker keeps the session. May be called twice. */
  stop(): Promise<void>;
  state(): ConnectionState;
  isPaused(): boolean;
  /** Resolves when a session that is being retired is empty and discarded. */
  readonly retired: Promise<void>;
}

interface MqttSourceDeps {
  readonly open: OpenMqttConnection;
  readonly options: MqttConnectionOptions;
  readonly intake: Intake;
  readonly backoff: Backoff;
  readonly metrics: BridgeMetrics;
  readonly logger: Logger;
  readonly logLimiter: LogLimiter;
  readonly now?: () => number;
}

/** A connection that ends sooner is no success: the next wait is longer. */
const stableAfterMs = 10_000;
const closeTimeoutMs = 2_000;

/** Creates the source; `options` name the session, which outlives the process. */
export function createMqttSource(deps: MqttSourceDeps): MqttSource {
  const { options, intake, metrics, logger, logLimiter, now = Date.now } = deps;
  const liveness = createLivenessClock({
    sessionExpiryMs: options.sessionExpiryS * 1000,
  });
  let connection: MqttConnection | undefined;
  let upSinceMs: number | undefined;
  let wasUp = false;
  let problem = 'not yet connected';
  let refused: readonly string[] = [];
  let paused = false;
  let closed = false;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;
  let receivedCount = 0;
  const retirement = Promise.withResolvers<void>();

  function openConnection(): void {
    const current: MqttConnection = deps.open(options, {
      onUp(sessionPresent) {
        upSinceMs = now();
        noteUp(sessionPresent);
        // Only after the client has processed the CONNACK as well.
        if (options.isRetiring) setImmediate(() => void retire(current));
      },
      onSubscribed: noteSubscribed,
      onMessage: message => take(message, current),
      onDown: noteDown,
    });
    connection = current;
    if (paused || closed) current.pause();
  }

  /** After a lost connection, the next one starts over. */
  async function retire(current: MqttConnection): Promise<void> {
    try {
      await retireSession({
        connection: current,
        pendingCount: () => intake.pendingCount,
        receivedCount: () => receivedCount,
      });
      stopped = true;
      logger.info(
        { event: 'mqtt-session-retired', received: receivedCount },
        'the MQTT session is empty and discarded',
      );
      retirement.resolve();
    } catch (error) {
      if (!logLimiter.admit('mqtt-retire').log) return;
      logger.warn(
        { event: 'mqtt-retire-failed', err: error },
        'the MQTT session is not empty yet',
      );
    }
  }

  function noteUp(sessionPresent: boolean): void {
    metrics.connections.inc();
    if (wasUp && !sessionPresent) {
      metrics.sessionsLost.inc();
      logger.warn(
        { event: 'mqtt-session-lost' },
        'the MQTT broker had forgotten the session',
      );
    }
    wasUp = true;
    liveness.connected(now(), sessionPresent);
    logLimiter.reset('mqtt-down');
    logger.info(
      { event: 'mqtt-connected', sessionPresent },
      'connected to the MQTT broker',
    );
  }

  function noteSubscribed(notGranted: readonly string[]): void {
    refused = notGranted;
    if (refused.length === 0) return;
    metrics.subscriptionsRefused.inc(refused.length);
    logger.error(
      { event: 'mqtt-subscription-refused', filters: refused },
      'the MQTT broker did not grant QoS 1 for every filter',
    );
  }

  function noteDown(reason: string): void {
    const stable =
      upSinceMs !== undefined && now() - upSinceMs >= stableAfterMs;
    if (upSinceMs !== undefined) liveness.disconnected(now());
    connection = undefined;
    upSinceMs = undefined;
    problem = reason;
    if (stopped) return;
    if (stable) deps.backoff.reset();
    const waitMs = deps.backoff.nextMs();
    const { log, suppressed } = logLimiter.admit('mqtt-down');
    if (log) {
      logger.warn(
        { event: 'mqtt-down', reason, waitMs, suppressed },
        'no connection to the MQTT broker',
      );
    }
    retry = setTimeout(openConnection, waitMs);
  }

  function take(message: InboundMessage, target: AckTarget): void {
    const { mqttTopic, payload, retained, messageId } = message;
    const receivedAtMs = now();
    receivedCount += 1;
    const waitedSinceMs = liveness.received(receivedAtMs, intake.emptySinceMs);
    intake.accept(
      { mqttTopic, payload, retained, receivedAtMs, waitedSinceMs },
      target,
      messageId,
    );
    if (intake.pendingCount >= options.receiveMaximum)
      liveness.windowFull(receivedAtMs);
    if (!intake.isFull() || paused) return;
    paused = true;
    connection?.pause();
  }

  return {
    start: openConnection,
    resume() {
      if (!paused) return;
      paused = false;
      if (!closed) connection?.resume();
    },
    closeIntake() {
      closed = true;
      connection?.pause();
    },
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await connection?.close(closeTimeoutMs);
    },
    state() {
      if (upSinceMs === undefined) return { ok: false, detail: problem };
      return refused.length === 0
        ? { ok: true }
        : { ok: false, detail: `not subscribed to ${refused.join(', ')}` };
    },
    isPaused: () => paused || closed,
    retired: retirement.promise,
  };
}
