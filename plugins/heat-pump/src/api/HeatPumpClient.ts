import type { FetchApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  commandSchema,
  commandsSchema,
  energyBucketsSchema,
  energyComparisonSchema,
  energyCostsSchema,
  energyPricesSchema,
  heatPumpDaysSchema,
  heatPumpRunsSchema,
  heatPumpSettingsSchema,
  heatPumpSummarySchema,
  settingPreviewSchema,
} from '@homelab/homelab-api-client';
import type { HeatPumpRuns } from '@homelab/homelab-api-client';
import {
  historySchema,
  houseSchema,
  readingEventSchema,
  statusEventSchema,
} from '@homelab/plugin-heat-pump-common';
import type { History, House } from '@homelab/plugin-heat-pump-common';
import type {
  HouseFollower,
  SettingChange,
} from '@homelab/plugin-heat-pump-react';
import { followEvents } from './followEvents';
import type { StreamEvent, Visibility } from './followEvents';
import type { FigureOptions, HeatPumpApi, HistoryRequest } from './HeatPumpApi';

const baseUrl = 'plugin://heat-pump';

/** Client of the heat pump backend; uses the user's token. */
export class HeatPumpClient implements HeatPumpApi {
  constructor(
    private readonly deps: {
      fetchApi: FetchApi;
      now?: () => number;
      /** Reports whether the page is visible; the document by default. */
      visibility?: Visibility;
    },
  ) {}

  async getHouse(options?: { signal?: AbortSignal }): Promise<House> {
    return houseSchema.parse(await this.getJson('/house', options?.signal));
  }

  async getHistory(
    request: HistoryRequest,
    options?: { signal?: AbortSignal },
  ): Promise<History> {
    const query = new URLSearchParams({
      stream: request.stream,
      from: request.from.toISOString(),
      to: request.to.toISOString(),
      maxPoints: String(request.maxPoints),
      fields: request.fields.join(','),
    });
    const path = `/devices/${encodeURIComponent(request.deviceId)}/history?${query}`;
    return historySchema.parse(await this.getJson(path, options?.signal));
  }

  getSummary(deviceId: string, options?: FigureOptions) {
    const path = ['heat-pumps', deviceId, 'summary'];
    return this.getFigure(path, heatPumpSummarySchema, options);
  }

  getRuns(
    deviceId: string,
    options: FigureOptions & { kind?: HeatPumpRuns['kind'] } = {},
  ) {
    const { kind, ...range } = options;
    const path = ['heat-pumps', deviceId, 'runs'];
    return this.getFigure(path, heatPumpRunsSchema, range, { kind });
  }

  getPrices(options?: FigureOptions) {
    return this.getFigure(['prices'], energyPricesSchema, options);
  }

  getHeatPumpDays(deviceId: string, options?: FigureOptions) {
    const path = ['heat-pumps', deviceId, 'daily'];
    return this.getFigure(path, heatPumpDaysSchema, options);
  }

  getMeterDays(deviceId: string, options?: FigureOptions) {
    const path = ['meters', deviceId, 'daily'];
    return this.getFigure(path, energyBucketsSchema, options);
  }

  getComparison(deviceId: string, options?: FigureOptions) {
    const path = ['meters', deviceId, 'comparison'];
    return this.getFigure(path, energyComparisonSchema, options);
  }

  getCost(deviceId: string, options?: FigureOptions) {
    const path = ['meters', deviceId, 'cost'];
    return this.getFigure(path, energyCostsSchema, options);
  }

  getSettings(deviceId: string, options?: { signal?: AbortSignal }) {
    const path = ['heat-pumps', deviceId, 'settings'];
    return this.getFigure(path, heatPumpSettingsSchema, options);
  }

  async previewSetting(
    deviceId: string,
    { setting, value }: SettingChange,
    options?: { signal?: AbortSignal },
  ) {
    const path = pathOf([
      'heat-pumps',
      deviceId,
      'settings',
      setting,
      'preview',
    ]);
    const query = new URLSearchParams({ value: String(value) });
    const answer = await this.getJson(`${path}?${query}`, options?.signal);
    return settingPreviewSchema.parse(answer);
  }

  async changeSetting(deviceId: string, change: SettingChange, key: string) {
    const path = pathOf(['heat-pumps', deviceId, 'commands']);
    const body = { ...change, idempotency_key: key };
    return commandSchema.parse(await this.postJson(path, body));
  }

  async undoSetting(deviceId: string, commandId: string, key: string) {
    const path = pathOf([
      'heat-pumps',
      deviceId,
      'commands',
      commandId,
      'undo',
    ]);
    const body = { idempotency_key: key };
    return commandSchema.parse(await this.postJson(path, body));
  }

  getCommands(deviceId: string, options?: { signal?: AbortSignal }) {
    const path = ['heat-pumps', deviceId, 'commands'];
    return this.getFigure(path, commandsSchema, options);
  }

  followHouse(follower: HouseFollower): () => void {
    const now = this.deps.now ?? Date.now;
    let lostSinceMs: number | undefined;
    follower.onConnection({ state: 'connecting' });
    return followEvents({
      url: `${baseUrl}/live`,
      fetch: this.deps.fetchApi.fetch,
      visibility: this.deps.visibility,
      toError: response => ResponseError.fromResponse(response),
      isFinal: error =>
        error instanceof ResponseError && error.response.status === 403,
      onOpen: () => {
        lostSinceMs = undefined;
        follower.onConnection({ state: 'open' });
      },
      onEvent: event => deliver(event, follower),
      onBroken: (error, final) => {
        lostSinceMs ??= now();
        follower.onConnection(
          final
            ? { state: 'refused', error }
            : { state: 'lost', sinceMs: lostSinceMs, error },
        );
      },
    });
  }

  private async getFigure<T>(
    path: readonly string[],
    schema: { parse(value: unknown): T },
    { from, to, signal }: FigureOptions = {},
    { kind }: { kind?: string } = {},
  ): Promise<T> {
    const query = new URLSearchParams({
      ...(kind && { kind }),
      ...(from && { from: from.toISOString() }),
      ...(to && { to: to.toISOString() }),
    });
    const address = `/${path.map(encodeURIComponent).join('/')}`;
    const search = query.size === 0 ? '' : `?${query}`;
    return schema.parse(await this.getJson(`${address}${search}`, signal));
  }

  private async postJson(path: string, body: object): Promise<unknown> {
    const response = await this.deps.fetchApi.fetch(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }

  private async getJson(path: string, signal?: AbortSignal): Promise<unknown> {
    const response = await this.deps.fetchApi.fetch(`${baseUrl}${path}`, {
      signal,
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}

function pathOf(parts: readonly string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`;
}

function deliver({ name, body }: StreamEvent, follower: HouseFollower): void {
  if (name === 'snapshot') {
    follower.onSnapshot(understood(houseSchema, body));
  } else if (name === 'reading') {
    const event = understood(readingEventSchema, body);
    follower.onReading(event.deviceReading, event.sentAt);
  } else if (name === 'status') {
    const event = understood(statusEventSchema, body);
    follower.onSources(event.sources, event.sentAt);
  }
}

/** @throws Error for an event that this version of the page cannot parse. */
function understood<T>(schema: { parse(value: unknown): T }, body: string): T {
  try {
    return schema.parse(JSON.parse(body));
  } catch (cause) {
    throw new Error(
      'The portal has a different version than this page. Reload the page.',
      { cause },
    );
  }
}
