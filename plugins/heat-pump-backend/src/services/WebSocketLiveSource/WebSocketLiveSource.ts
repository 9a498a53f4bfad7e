import type { SourcedReading } from '@homelab/heat-pump';
import type { LiveClient, LiveReading } from '@homelab/live-client';
import type { SourceStatus } from '@homelab/plugin-heat-pump-common';
import type { LiveSource } from '@homelab/plugin-heat-pump-node';
import { streams } from '@homelab/telemetry';

type Listener = Parameters<LiveSource['subscribe']>[0];

/** Follows every stream of the live server over one WebSocket. */
export class WebSocketLiveSource implements LiveSource {
  private readonly listeners = new Set<Listener>();
  private ends: (() => void)[] = [];

  constructor(private readonly deps: { client: LiveClient }) {}

  start(): void {
    if (this.ends.length > 0) return;
    const { client } = this.deps;
    const tell = (readings: readonly LiveReading[]) => {
      for (const reading of readings) this.tell(reading);
    };
    // After a gap the snapshot has all that counts here: the newest readings.
    this.ends = streams.map(stream =>
      client.subscribe({ stream }, { onSnapshot: tell, onChanges: tell }),
    );
    client.start();
  }

  async stop(): Promise<void> {
    for (const end of this.ends) end();
    this.ends = [];
    this.deps.client.stop();
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  status(): SourceStatus {
    const { status, detail, pipeline } = this.deps.client.state();
    if (status === 'open' && pipeline !== undefined) return pipeline;
    return {
      ok: false,
      detail: `Live readings cannot be followed: ${detail}`,
    };
  }

  private tell(live: LiveReading): void {
    const { stream, deviceId, reading, receivedAt, origin } = live;
    // Stream and reading belong together, which TypeScript loses when they are taken apart.
    const sourced = { stream, deviceId, reading, receivedAt } as SourcedReading;
    for (const listener of this.listeners) listener(sourced, origin);
  }
}
