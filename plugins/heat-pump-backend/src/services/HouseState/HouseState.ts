import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type {
  Device,
  DeviceReading,
  EnergyDeviceReading,
  House,
  Sources,
  SourceStatus,
} from '@homelab/plugin-heat-pump-common';
import { LatestReadings } from '../LatestReadings';
import type { JudgedReading } from '../LatestReadings';
import type {
  DeviceRef,
  HistorySource,
  LiveSource,
  SourcedReading,
} from '../sources';

/** How often stored readings are looked through for newer ones, and sources are judged. */
const refreshMs = 15_000;
const statusMs = 1_000;

/** What a follower of the house is told. */
export interface HouseListener {
  /** A device spoke for the first time, so there is more in the house than before. */
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
}

/**
 * The newest reading of every device of the house: from the database at the start, then
 * from the live source. Stored readings keep filling in while the live source is away.
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

  constructor(private readonly deps: Deps) {
    this.now = deps.now ?? Date.now;
  }

  /** Follows both sources; returns at once. */
  start(): void {
    if (this.unsubscribe) return;
    this.unsubscribe = this.deps.live.subscribe(reading =>
      this.take(reading, 'live'),
    );
    for (const reading of this.deps.live.latest()) this.take(reading, 'live');
    this.deps.live.start();
    void this.refresh();
    this.timers = [
      setInterval(() => void this.refresh(), refreshMs),
      setInterval(() => this.announceSources(), statusMs),
    ];
  }

  /** Stops following; both sources are stopped. */
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

  /** Calls the listener for each newer reading and when the state of a source changes. */
  subscribe(listener: HouseListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  house(): House {
    const readings = this.deps.latest.all().map(deviceReading);
    const meters = readings.filter(isEnergy);
    return {
      sentAt: this.sentAt(),
      siteTimeZone: this.deps.siteTimeZone,
      sources: this.sources(),
      meter: pickMeter(meters, this.deps.meterDeviceId, this.now()),
      heatPumps: readings.filter(reading => reading.stream === 'heatpump'),
      rooms: readings.filter(reading => reading.stream === 'temperature'),
    };
  }

  devices(): Device[] {
    return this.deps.latest.all().map(({ sourced }) => ({
      stream: sourced.stream,
      deviceId: sourced.deviceId,
      lastMeasuredAt: sourced.reading.timestamp,
    }));
  }

  latest(device: DeviceRef): DeviceReading | undefined {
    const judged = this.deps.latest.get(device);
    return judged && deviceReading(judged);
  }

  sources(): Sources {
    return { live: this.deps.live.status(), history: this.historyStatus };
  }

  /** The server's clock as messages carry it. */
  sentAt(): string {
    return new Date(this.now()).toISOString();
  }

  private take(sourced: SourcedReading, origin: 'live' | 'history'): void {
    const isNew = this.deps.latest.get(sourced) === undefined;
    if (!this.deps.latest.offer(sourced, origin)) return;
    const reading = this.latest(sourced);
    if (reading === undefined) return;
    for (const listener of this.listeners) {
      if (isNew) listener.onDevice();
      else listener.onReading(reading);
    }
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
        const known = this.deps.latest.get(device)?.sourced.reading.timestamp;
        if (known !== undefined && known >= device.lastMeasuredAt) continue;
        const stored = await this.deps.history.latest(device);
        if (stored !== undefined) this.take(stored, 'history');
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

/** A meter silent for longer has been taken away; its old readings stay in the database. */
const meterGoneMs = 24 * 60 * 60 * 1000;

/** The configured meter, else the only one: among several, guessing could mislead. */
function pickMeter(
  meters: readonly EnergyDeviceReading[],
  configured: string | undefined,
  nowMs: number,
): EnergyDeviceReading | null {
  if (configured !== undefined) {
    return meters.find(({ deviceId }) => deviceId === configured) ?? null;
  }
  const speaking = meters.filter(
    ({ reading }) => nowMs - Date.parse(reading.timestamp) < meterGoneMs,
  );
  const [only, ...others] = speaking.length > 0 ? speaking : meters;
  return others.length === 0 ? (only ?? null) : null;
}

function deviceReading({
  sourced,
  origin,
  limits,
}: JudgedReading): DeviceReading {
  return { ...sourced, origin, ...limits };
}
