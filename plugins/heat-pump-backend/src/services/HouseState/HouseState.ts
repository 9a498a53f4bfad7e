import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  deviceReadingOf,
  LatestReadings,
  mainMeter,
  maxDevices,
} from '@homelab/heat-pump';
import type {
  DeviceReading,
  DeviceRef,
  EnergyDeviceReading,
  SourcedReading,
} from '@homelab/heat-pump';
import type {
  Device,
  House,
  Sources,
  SourceStatus,
} from '@homelab/plugin-heat-pump-common';
import type {
  HistorySource,
  LiveSource,
  StoredDevice,
} from '@homelab/plugin-heat-pump-node';

/** How often stored readings and the state of the sources are checked. */
const defaultRefreshMs = 15_000;
const statusMs = 1_000;

/** Callbacks for changes in the house. */
export interface HouseListener {
  /** A device sent its first reading. */
  onDevice(): void;
  onReading(reading: DeviceReading): void;
  onSources(sources: Sources): void;
}

interface Deps {
  live: LiveSource;
  history: HistorySource;
  latest: LatestReadings;
  siteTimeZone: string;
  meterDeviceId?: string;
  logger: LoggerService;
  now?: () => number;
  /** How often stored readings are read; 15 s by default. */
  refreshMs?: number;
}

/**
 * The newest reading of every device of the house: from the database at the start, then
 * from the live source. While that is down, stored readings replace it.
 */
export class HouseState {
  private readonly listeners = new Set<HouseListener>();
  private readonly now: () => number;
  private historyStatus: SourceStatus = {
    ok: false,
    detail: 'Stored readings have not been read yet.',
  };
  private lastSources = '';
  private timers: NodeJS.Timeout[] = [];
  private unsubscribe: (() => void) | undefined;
  private refreshing: Promise<void> | undefined;
  private toldTooManyDevices = false;

  constructor(private readonly deps: Deps) {
    this.now = deps.now ?? Date.now;
  }

  /** Starts following both sources; returns immediately. */
  start(): void {
    if (this.unsubscribe) return;
    this.unsubscribe = this.deps.live.subscribe((reading, origin) =>
      this.take(reading, origin),
    );
    this.deps.live.start();
    void this.refresh();
    this.timers = [
      setInterval(
        () => void this.refresh(),
        this.deps.refreshMs ?? defaultRefreshMs,
      ),
      setInterval(() => this.announceSources(), statusMs),
    ];
  }

  /** Stops both sources. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    this.unsubscribe?.();
    this.listeners.clear();
    try {
      await Promise.all([this.deps.live.stop(), this.refreshing]);
    } finally {
      await this.deps.history.stop();
    }
  }

  /** Subscribes to newer readings and changes of the sources' state. */
  subscribe(listener: HouseListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  house(): House {
    const readings = this.deps.latest.all().map(deviceReadingOf);
    const meters = readings.filter(isEnergy);
    return {
      sentAt: this.sentAt(),
      siteTimeZone: this.deps.siteTimeZone,
      sources: this.sources(),
      meter: mainMeter(meters, this.deps.meterDeviceId, this.now()),
      meters,
      heatPumps: readings.filter(reading => reading.stream === 'heatpump'),
      rooms: readings.filter(reading => reading.stream === 'temperature'),
    };
  }

  devices(): Device[] {
    return this.deps.latest.all().map(judged => ({
      stream: judged.sourced.stream,
      deviceId: judged.sourced.deviceId,
      lastReadingAt: new Date(judged.asOfMs).toISOString(),
    }));
  }

  latest(device: DeviceRef): DeviceReading | undefined {
    const judged = this.deps.latest.get(device);
    return judged && deviceReadingOf(judged);
  }

  sources(): Sources {
    return { live: this.deps.live.status(), history: this.historyStatus };
  }

  /** The server's time, as sent in messages. */
  sentAt(): string {
    return new Date(this.now()).toISOString();
  }

  private take(sourced: SourcedReading, origin: 'live' | 'history'): void {
    const offered = this.deps.latest.offer(sourced, origin);
    if (offered === 'refused') this.warnOfTooManyDevices(sourced);
    if (offered === 'refused' || offered === 'ignored') return;
    if (offered === 'newer') this.announceReading(sourced);
    else for (const listener of this.listeners) listener.onDevice();
  }

  private announceReading(device: DeviceRef): void {
    const reading = this.latest(device);
    if (reading === undefined) return;
    for (const listener of this.listeners) listener.onReading(reading);
  }

  private warnOfTooManyDevices({ stream, deviceId }: DeviceRef): void {
    if (this.toldTooManyDevices) return;
    this.toldTooManyDevices = true;
    this.deps.logger.warn('devices beyond the limit are not shown', {
      limit: maxDevices,
      stream,
      deviceId,
    });
  }

  private refresh(): Promise<void> {
    this.refreshing ??= this.readStored().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  private async readStored(): Promise<void> {
    try {
      for (const device of await this.deps.history.devices()) {
        if (!this.isKnown(device)) {
          const stored = await this.deps.history.latest(device);
          if (stored !== undefined) this.take(stored, 'history');
        }
        const { clockAhead } = device;
        if (clockAhead === null) continue;
        const isNews = this.deps.latest.noteClaim(device, {
          measuredMs: Date.parse(clockAhead.measuredAt),
          receivedMs: Date.parse(clockAhead.receivedAt),
        });
        if (isNews) this.announceReading(device);
      }
      this.historyStatus = { ok: true, detail: 'Stored readings can be read.' };
    } catch (error) {
      this.deps.logger.debug('stored readings not refreshed', {
        error: stringifyError(error),
      });
      this.historyStatus = {
        ok: false,
        detail:
          error instanceof Error
            ? error.message
            : 'Stored readings cannot be read.',
      };
    }
    this.announceSources();
  }

  /** Whether the device's stored reading is already known. */
  private isKnown(device: StoredDevice): boolean {
    const known = this.deps.latest.get(device);
    if (known === undefined) return false;
    const storedMs = Date.parse(device.lastReadingAt);
    if (known.asOfMs > storedMs) return true;
    // Without live readings, a row may have been completed since it was read.
    return known.asOfMs === storedMs && this.deps.live.status().ok;
  }

  private announceSources(): void {
    const sources = this.sources();
    const text = JSON.stringify(sources);
    if (text === this.lastSources) return;
    this.lastSources = text;
    for (const listener of this.listeners) listener.onSources(sources);
  }
}

function isEnergy(reading: DeviceReading): reading is EnergyDeviceReading {
  return reading.stream === 'energy';
}
