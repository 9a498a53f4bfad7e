import type { DeviceReading } from '@homelab/heat-pump';
import type { House, Sources } from '@homelab/plugin-heat-pump-common';

/** Bytes pending in a client's socket beyond which newer readings replace older ones. */
export const maxWaitingBytes = 64 * 1024;

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
 * Sends events to one browser. While it reads too slowly, only the newest reading of each
 * device is kept; the number skipped is sent when it catches up.
 */
export class LiveClient {
  private readonly waiting = new Map<string, DeviceReading>();
  private waitingHouse = false;
  private waitingSources: Sources | undefined;
  private skippedReadings = 0;
  private toldSkipped = 0;
  private open = true;

  constructor(
    private readonly sink: EventSink,
    private readonly view: {
      house(): House;
      sources(): Sources;
      sentAt(): string;
    },
  ) {
    sink.on('drain', () => this.flush());
    sink.on('close', () => {
      this.open = false;
      this.waiting.clear();
    });
  }

  /** Sends the whole house: initially, and when a device is new. */
  snapshot(): void {
    this.waitingHouse = true;
    this.flush();
  }

  reading(deviceReading: DeviceReading): void {
    const key = `${deviceReading.stream}/${deviceReading.deviceId}`;
    if (this.waiting.delete(key)) this.skippedReadings += 1;
    this.waiting.set(key, deviceReading);
    this.flush();
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
    this.open = false;
    this.sink.end();
  }

  skipped(): number {
    return this.skippedReadings;
  }

  private isFull(): boolean {
    return this.sink.writableLength > maxWaitingBytes;
  }

  private write(text: string): void {
    if (this.open) this.sink.write(text);
  }

  private flush(): void {
    if (!this.open) return;
    if (this.waitingHouse && !this.isFull()) {
      this.waitingHouse = false;
      this.waiting.clear();
      this.write(formatEvent('snapshot', this.view.house()));
    }
    for (const [key, deviceReading] of this.waiting) {
      if (this.isFull()) return;
      this.waiting.delete(key);
      const sentAt = this.view.sentAt();
      this.write(formatEvent('reading', { sentAt, deviceReading }));
    }
    this.flushStatus();
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
