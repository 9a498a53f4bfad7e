import type { DeviceReading } from '@homelab/heat-pump';
import type { House, Sources } from '@homelab/plugin-heat-pump-common';

/** Bytes pending in a client's socket beyond which newer readings replace older ones. */
export const maxWaitingBytes = 64 * 1024;

/** Readings are sent together, at most this often: the live server batches as often. */
export const batchMs = 50;

/**
 * A device's readings are sent at most this often, and of those in between the newest. The page
 * draws a heat pump with every reading; of a meter or a room it shows a number.
 */
const paceMs: Readonly<Record<DeviceReading['stream'], number>> = {
  heatpump: batchMs,
  energy: 1_000,
  temperature: 1_000,
};

/** The part of a response that a stream of events needs. */
export interface EventSink {
  readonly writableLength: number;
  write(chunk: string): boolean;
  end(): void;
  on(event: 'drain' | 'close', listener: () => void): unknown;
}

/** One event of a server-sent event stream. */
export function formatEvent(name: string, body: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(body)}\n\n`;
}

/**
 * Sends events to one browser: readings in batches, each device at its pace. While the browser
 * reads too slowly, only the newest reading of each device is kept; the number skipped is sent when
 * it catches up.
 */
export class LiveClient {
  private readonly waiting = new Map<string, DeviceReading>();
  /** When each device may be sent again. */
  private readonly nextMs = new Map<string, number>();
  private waitingHouse = false;
  private waitingSources: Sources | undefined;
  private skippedReadings = 0;
  private toldSkipped = 0;
  private open = true;
  private timer: NodeJS.Timeout | undefined;
  private timerMs = Infinity;
  private sentMs = -Infinity;

  constructor(
    private readonly sink: EventSink,
    private readonly view: {
      house(): House;
      sources(): Sources;
      sentAt(): string;
    },
  ) {
    sink.on('drain', () => this.flush());
    sink.on('close', () => this.end());
  }

  /** Sends the whole house: initially, and when a device is new. */
  snapshot(): void {
    this.waitingHouse = true;
    this.flush();
  }

  reading(deviceReading: DeviceReading): void {
    const key = `${deviceReading.stream}/${deviceReading.deviceId}`;
    const replaces = this.waiting.delete(key);
    if (replaces && this.isFull()) this.skippedReadings += 1;
    this.waiting.set(key, deviceReading);
    this.schedule(this.nextMs.get(key) ?? 0);
  }

  sources(sources: Sources): void {
    this.waitingSources = sources;
    this.flush();
  }

  /** Keeps the connection alive and lets the browser notice a dead one. */
  heartbeat(): void {
    if (!this.isFull()) this.write(': heartbeat\n\n');
  }

  close(): void {
    if (!this.open) return;
    this.end();
    this.sink.end();
  }

  skipped(): number {
    return this.skippedReadings;
  }

  private end(): void {
    this.open = false;
    this.waiting.clear();
    clearTimeout(this.timer);
  }

  private isFull(): boolean {
    return this.sink.writableLength > maxWaitingBytes;
  }

  private write(text: string): void {
    if (this.open) this.sink.write(text);
  }

  /** Flushes at this time, or when the next batch may be sent if that is later. */
  private schedule(dueMs: number): void {
    // A full socket is flushed when it has drained.
    if (!this.open || this.isFull()) return;
    const atMs = Math.max(dueMs, this.sentMs + batchMs);
    if (atMs >= this.timerMs) return;
    clearTimeout(this.timer);
    this.timerMs = atMs;
    // Readings that arrive together are sent together, so even the first waits for the others.
    const waitMs = Math.max(0, atMs - performance.now());
    this.timer = setTimeout(() => this.flush(), waitMs);
  }

  private flush(): void {
    if (!this.open) return;
    clearTimeout(this.timer);
    this.timerMs = Infinity;
    if (this.waitingHouse && !this.isFull()) {
      this.waitingHouse = false;
      this.waiting.clear();
      this.write(formatEvent('snapshot', this.view.house()));
    }
    this.flushReadings();
    this.flushStatus();
  }

  private flushReadings(): void {
    const nowMs = performance.now();
    const sentAt = this.view.sentAt();
    let dueMs = Infinity;
    let batch = '';
    for (const [key, deviceReading] of this.waiting) {
      if (this.sink.writableLength + batch.length > maxWaitingBytes) break;
      const nextMs = this.nextMs.get(key) ?? 0;
      // Timers may be a moment early.
      if (nextMs > nowMs + 1) {
        dueMs = Math.min(dueMs, nextMs);
        continue;
      }
      this.waiting.delete(key);
      this.nextMs.set(key, nowMs + paceMs[deviceReading.stream]);
      batch += formatEvent('reading', { sentAt, deviceReading });
    }
    if (batch !== '') {
      this.sentMs = nowMs;
      this.write(batch);
    }
    if (dueMs < Infinity) this.schedule(dueMs);
  }

  private flushStatus(): void {
    const skippedMore = this.skippedReadings > this.toldSkipped;
    if (this.isFull() || (!this.waitingSources && !skippedMore)) return;
    this.write(
      formatEvent('status', {
        sentAt: this.view.sentAt(),
        sources: this.waitingSources ?? this.view.sources(),
        skippedReadings: this.skippedReadings,
      }),
    );
    this.toldSkipped = this.skippedReadings;
    this.waitingSources = undefined;
  }
}
