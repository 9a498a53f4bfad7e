import { createApiRef } from '@backstage/frontend-plugin-api';
import type { DeviceReading } from '@homelab/heat-pump';
import type {
  EnergyBuckets,
  EnergyComparison,
  EnergyCosts,
  EnergyPrices,
  HeatPumpDays,
  HeatPumpRuns,
  HeatPumpSummary,
} from '@homelab/homelab-api-client';
import type { History, House } from '@homelab/plugin-heat-pump-common';
import type {
  HouseFollower,
  SettingsApi,
} from '@homelab/plugin-heat-pump-react';

/** Which stored readings to fetch. */
export interface HistoryRequest {
  stream: DeviceReading['stream'];
  deviceId: string;
  from: Date;
  to: Date;
  maxPoints: number;
  /** Names of numeric fields in the measurement registry. */
  fields: readonly string[];
}

/** Figures of the Homelab API; without a range those of today or the last day. */
interface FiguresApi {
  /** COP now, today, over 30 days, the season and a year. */
  getSummary(
    deviceId: string,
    options?: FigureOptions,
  ): Promise<HeatPumpSummary>;
  getRuns(
    deviceId: string,
    options?: FigureOptions & { kind?: HeatPumpRuns['kind'] },
  ): Promise<HeatPumpRuns>;
  /** Prices of electricity, from this hour on. */
  getPrices(options?: FigureOptions): Promise<EnergyPrices>;
  /** Heat and electricity of a heat pump per local day. */
  getHeatPumpDays(
    deviceId: string,
    options?: FigureOptions,
  ): Promise<HeatPumpDays>;
  /** Energy of a meter per local day. */
  getMeterDays(
    deviceId: string,
    options?: FigureOptions,
  ): Promise<EnergyBuckets>;
  /** Today of a meter beside yesterday. */
  getComparison(
    deviceId: string,
    options?: FigureOptions,
  ): Promise<EnergyComparison>;
  getCost(deviceId: string, options?: FigureOptions): Promise<EnergyCosts>;
}

/** Options of a request for figures. */
export interface FigureOptions {
  from?: Date;
  /** Exclusive. */
  to?: Date;
  signal?: AbortSignal;
}

/** The backend of the heat pump view. Methods reject with a ResponseError. */
export interface HeatPumpApi extends FiguresApi, SettingsApi {
  getHouse(options?: { signal?: AbortSignal }): Promise<House>;
  getHistory(
    request: HistoryRequest,
    options?: { signal?: AbortSignal },
  ): Promise<History>;
  /**
   * Follows live readings and reconnects when the connection breaks.
   * Returns a function that stops it.
   */
  followHouse(follower: HouseFollower): () => void;
}

/** Reference to the client of the heat pump backend. */
export const heatPumpApiRef = createApiRef<HeatPumpApi>().with({
  id: 'plugin.heat-pump.client',
  pluginId: 'heat-pump',
});
