import { setTimeout as delay } from 'node:timers/promises';
import { KafkaError, kafkaClientCodes } from './errors.ts';

/** Ends every wait of a client when it is stopped. */
export interface StopSwitch {
  readonly stopped: boolean;
  stop(): void;
  throwIfStopped(): void;
  /** The promise, or a rejection as soon as `stop` is called. */
  race<T>(promise: Promise<T>): Promise<T>;
  /** Waits; rejects as soon as `stop` is called. */
  sleep(waitMs: number): Promise<void>;
}

/** Creates a switch that rejects with this message. */
export function createStopSwitch(message: string): StopSwitch {
  const controller = new AbortController();
  const { signal } = controller;
  const stoppedError = () =>
    new KafkaError(message, {
      code: kafkaClientCodes.stopped,
      retryable: false,
    });
  return {
    get stopped() {
      return signal.aborted;
    },
    stop: () => controller.abort(),
    throwIfStopped() {
      if (signal.aborted) throw stoppedError();
    },
    race(promise) {
      return new Promise((resolve, reject) => {
        const onStop = () => reject(stoppedError());
        if (signal.aborted) onStop();
        signal.addEventListener('abort', onStop, { once: true });
        promise
          .then(resolve, reject)
          .finally(() => signal.removeEventListener('abort', onStop));
      });
    },
    async sleep(waitMs) {
      try {
        await delay(waitMs, undefined, { signal });
      } catch {
        throw stoppedError();
      }
    },
  };
}

/** Waits for the promise, at most `timeoutMs`; returns whether it settled in time. */
export async function within(
  promise: Promise<unknown>,
  timeoutMs: number,
): Promise<boolean> {
  const limit = new AbortController();
  const timeout = delay(timeoutMs, false, { signal: limit.signal }).catch(
    () => false,
  );
  const settled = await Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    timeout,
  ]);
  limit.abort();
  return settled;
}
