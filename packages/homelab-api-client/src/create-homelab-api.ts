import type { RunKind } from '@homelab/heat-pump';
import type { Stream } from '@homelab/telemetry';
import { z } from 'zod';
import { createAsk } from './ask.ts';
import type { AskDeps, AskOptions, Query } from './ask.ts';
import { createSettingsApi } from './settings-api.ts';
import type { HeatPumpSettingsApi } from './settings-api.ts';
import { devicesSchema } from './schemas/devices.ts';
import type { DevicesPage } from './schemas/devices.ts';
import {
  energyBucketsSchema,
  energyComparisonSchema,
  energyCostsSchema,
  energyPricesSchema,
} from './schemas/energy.ts';
import type {
  EnergyBuckets,
  EnergyComparison,
  EnergyCosts,
  EnergyPrices,
} from './schemas/energy.ts';
import {
  heatPumpDaysSchema,
  heatPumpEventsSchema,
  heatPumpRunsSchema,
  heatPumpSummarySchema,
} from './schemas/heat-pump.ts';
import type {
  HeatPumpDays,
  HeatPumpEvents,
  HeatPumpRuns,
  HeatPumpSummary,
} from './schemas/heat-pump.ts';
import { storedReadingSchemas } from './schemas/latest.ts';
import type { StoredReading } from './schemas/latest.ts';
import { seriesSchema } from './schemas/series.ts';
import type { Series } from './schemas/series.ts';

/** A device: an id is unique within its stream only. */
export interface ApiDevice {
  readonly stream: Stream;
  readonly deviceId: string;
}

/** A range of time; each route has a default for what is left out. */
export interface ApiRange {
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
  /** IANA zone of local days and offsets; by default that of the site. */
  readonly timeZone?: string;
}

/** The Homelab API. Methods reject with a {@link HomelabApiError}. */
export interface HomelabApi extends HeatPumpSettingsApi {
  /** One page of the devices with stored readings. */
  devices(
    query?: { readonly limit?: number; readonly cursor?: string },
    options?: AskOptions,
  ): Promise<DevicesPage>;
  /** The newest reading of a device, with when it arrived. */
  latest(device: ApiDevice, options?: AskOptions): Promise<StoredReading>;
  /** Values over time; numeric fields of the measurement registry. */
  series(
    device: ApiDevice,
    query?: ApiRange & {
      readonly bucket?: 'auto' | 'raw' | 'hour' | 'day';
      readonly fields?: readonly string[];
      readonly maxPoints?: number;
    },
    options?: AskOptions,
  ): Promise<Series>;
  /** Heat, electricity and COP now, today, over 30 days, the season and a year. */
  heatPumpSummary(
    deviceId: string,
    options?: AskOptions,
  ): Promise<HeatPumpSummary>;
  /** When it ran, heated water, defrosted, used a heater or had an alarm. */
  heatPumpEvents(
    deviceId: string,
    range?: ApiRange,
    options?: AskOptions,
  ): Promise<HeatPumpEvents>;
  /** Each run of the compressor, or of what `kind` says. */
  heatPumpRuns(
    deviceId: string,
    query?: ApiRange & { readonly kind?: RunKind },
    options?: AskOptions,
  ): Promise<HeatPumpRuns>;
  /** Heat and electricity of a heat pump in each local day. */
  heatPumpDaily(
    deviceId: string,
    range?: ApiRange,
    options?: AskOptions,
  ): Promise<HeatPumpDays>;
  /** Energy of each hour. */
  energyHourly(
    query?: ApiRange & { readonly deviceId?: string },
    options?: AskOptions,
  ): Promise<EnergyBuckets>;
  /** Energy of each local day. */
  energyDaily(
    query?: ApiRange & { readonly deviceId?: string },
    options?: AskOptions,
  ): Promise<EnergyBuckets>;
  /** Energy of today compared with yesterday and with days of similar outdoor temperature. */
  energyComparison(
    query?: { readonly deviceId?: string },
    options?: AskOptions,
  ): Promise<EnergyComparison>;
  /** Cost of the energy of each local day; of today by default. */
  energyCost(
    query?: ApiRange & { readonly deviceId?: string },
    options?: AskOptions,
  ): Promise<EnergyCosts>;
  /** Prices of energy by slot; from this hour on for 48 hours by default. */
  energyPrices(range?: ApiRange, options?: AskOptions): Promise<EnergyPrices>;
}

/** Creates a client of the Homelab API. It connects only when asked. */
export function createHomelabApi(deps: AskDeps): HomelabApi {
  const ask = createAsk(deps);
  const { get } = ask;
  const ofDevice = ({ stream, deviceId }: ApiDevice, what: string) => [
    'devices',
    stream,
    deviceId,
    what,
  ];
  return {
    ...createSettingsApi(ask),
    devices: (query = {}, options) =>
      get(['devices'], query, devicesSchema, options),
    async latest(device, options) {
      const path = ofDevice(device, 'latest');
      // Any reading would do for the schema of another stream, without its fields.
      const schema = z.object({ reading: storedReadingSchemas[device.stream] });
      return (await get(path, {}, schema, options)).reading;
    },
    series: (device, query = {}, options) =>
      get(ofDevice(device, 'series'), { ...query }, seriesSchema, options),
    heatPumpSummary: (deviceId, options) =>
      get(
        ['heatpump', deviceId, 'summary'],
        {},
        heatPumpSummarySchema,
        options,
      ),
    heatPumpEvents: (deviceId, range = {}, options) =>
      get(
        ['heatpump', deviceId, 'events'],
        { ...range },
        heatPumpEventsSchema,
        options,
      ),
    heatPumpRuns: (deviceId, query = {}, options) =>
      get(
        ['heatpump', deviceId, 'runs'],
        { ...query },
        heatPumpRunsSchema,
        options,
      ),
    heatPumpDaily: (deviceId, range = {}, options) =>
      get(
        ['heatpump', deviceId, 'daily'],
        { ...range },
        heatPumpDaysSchema,
        options,
      ),
    energyHourly: (query = {}, options) =>
      get(['energy', 'hourly'], ofMeter(query), energyBucketsSchema, options),
    energyDaily: (query = {}, options) =>
      get(['energy', 'daily'], ofMeter(query), energyBucketsSchema, options),
    energyComparison: (query = {}, options) =>
      get(
        ['energy', 'comparison'],
        ofMeter(query),
        energyComparisonSchema,
        options,
      ),
    energyCost: (query = {}, options) =>
      get(['energy', 'cost'], ofMeter(query), energyCostsSchema, options),
    energyPrices: (range = {}, options) =>
      get(['energy', 'prices'], { ...range }, energyPricesSchema, options),
  };
}

function ofMeter(query: ApiRange & { readonly deviceId?: string }): Query {
  const { deviceId, ...rest } = query;
  return { ...rest, device_id: deviceId };
}
