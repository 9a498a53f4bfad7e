import type {
  EnergyBuckets,
  EnergyComparison,
  EnergyCosts,
  EnergyPrices,
  HeatPumpDays,
  HeatPumpRun,
  HeatPumpRuns,
  HeatPumpSummary,
  HeatPumpWindow,
} from '@homelab/homelab-api-client';

const names = { device_id: 'pump-1', time_zone: 'Europe/Stockholm' };

/** A window of a summary for tests: 42 kWh of heat from 11.2 kWh. */
export function testWindow(
  changes: Partial<HeatPumpWindow> = {},
): HeatPumpWindow {
  return {
    from: '2026-01-12T00:00:00+01:00',
    to: '2026-01-12T14:05:00+01:00',
    heat_kwh: 42,
    electric_kwh: 11.2,
    cop: 3.75,
    space_cop: 3.9,
    hot_water_cop: 2.9,
    name: 'COP',
    coverage: 1,
    estimated: false,
    duty: 0.6,
    defrost_hours: 0.2,
    aux_heater_hours: 0,
    aux_heater_kwh: 0,
    standby_w: 9,
    supply_temp: 35.2,
    carnot_share: 0.47,
    heat_loss_w_per_k: 128,
    kwh_per_degree_hour: 0.13,
    ...changes,
  };
}

/** A summary for tests; the season has too many gaps for a COP. */
export function testSummary(
  changes: Partial<HeatPumpSummary> = {},
): HeatPumpSummary {
  return {
    ...names,
    boundary: 'H3',
    now: { heat_kw: 5.1, electric_kw: 1.24, cop: 4.11, estimated: false },
    today: testWindow(),
    last_30_days: testWindow({ cop: 3.6, heat_kwh: 1260, electric_kwh: 350 }),
    season: testWindow({
      from: '2025-07-01T00:00:00+02:00',
      cop: null,
      coverage: 0.624,
    }),
    last_year: null,
    last_24_hours: {
      runs: 5,
      median_minutes: 92,
      shortest_minutes: 31,
      short_share: 0,
    },
    warnings: [],
    legionella: {
      last_success_at: '2026-01-10T03:40:00+01:00',
      searched_from: '2025-10-14T14:05:00+02:00',
      interval_days: 7,
      overdue: false,
    },
    installation: {
      ...{ source: null, buffer_tank: null, circuits: null },
      ...{ hot_water_tank: null, aux_heater: null, electricity_meter: null },
    },
    settings_unavailable: null,
    ...changes,
  };
}

/** A run for tests: an hour and a half of heating. */
export function testRun(changes: Partial<HeatPumpRun> = {}): HeatPumpRun {
  return {
    from: '2026-01-12T07:10:00+01:00',
    to: '2026-01-12T08:40:00+01:00',
    open_start: false,
    open_end: false,
    minutes: 90,
    hot_water_minutes: 0,
    aux_heater_minutes: 0,
    defrosts: 0,
    tank_start_temp: 47,
    tank_end_temp: 46.5,
    outdoor_temp: -3,
    heat_kwh: 7.6,
    electric_kwh: 1.9,
    aux_heater_kwh: 0,
    cop: 4,
    estimated: false,
    ...changes,
  };
}

/** Runs for tests. */
export function testRuns(data: HeatPumpRun[] = [testRun()]): HeatPumpRuns {
  return { ...names, kind: 'compressor', truncated: false, data };
}

/** Two days of a heat pump for tests. */
export function testHeatPumpDays(): HeatPumpDays {
  const day = {
    heat_kwh: 60.5,
    electric_kwh: 15.2,
    cop: 3.98,
    coverage: 1,
    estimated: false,
  };
  return {
    ...names,
    data: [
      { ...day, timestamp: '2026-01-11T00:00:00+01:00' },
      { ...day, timestamp: '2026-01-12T00:00:00+01:00' },
    ],
  };
}

/** Two days of a meter for tests. */
export function testMeterDays(): EnergyBuckets {
  const day = {
    device_id: 'meter-1',
    energy_kwh: 24.3,
    production_kwh: null,
    power_kw: 1,
    power_kw_min: 0.2,
    power_kw_max: 6,
    coverage: 1,
    estimated: false,
  };
  return {
    time_zone: names.time_zone,
    data: [
      { ...day, timestamp: '2026-01-11T00:00:00+01:00' },
      { ...day, timestamp: '2026-01-12T00:00:00+01:00' },
    ],
  };
}

/** A comparison for tests: less than yesterday by five past two. */
export function testComparison(): EnergyComparison {
  const today = {
    from: '2026-01-12T00:00:00+01:00',
    to: '2026-01-12T14:05:00+01:00',
    energy_kwh: 8.2,
    coverage: 1,
    estimated: false,
  };
  const yesterday = {
    ...today,
    from: '2026-01-11T00:00:00+01:00',
    to: '2026-01-11T14:05:00+01:00',
    energy_kwh: 10.25,
  };
  return {
    time_zone: names.time_zone,
    outdoor_temp: -3,
    data: [
      {
        device_id: 'meter-1',
        today,
        yesterday,
        yesterday_total: { ...yesterday, energy_kwh: 18 },
        similar_days: [],
        similar_mean_kwh: null,
      },
    ],
  };
}

/** Costs of yesterday and today for tests. */
export function testCosts(changes: Partial<EnergyCosts> = {}): EnergyCosts {
  const day = {
    device_id: 'meter-1',
    energy_kwh: 8.2,
    cost: 16.4,
    production_kwh: null,
    revenue: null,
    priced_share: 1,
    coverage: 1,
    estimated: false,
  };
  return {
    time_zone: names.time_zone,
    currency: 'SEK',
    unavailable: null,
    data: [
      { ...day, timestamp: '2026-01-11T00:00:00+01:00', cost: 99 },
      { ...day, timestamp: '2026-01-12T00:00:00+01:00' },
    ],
    ...changes,
  };
}

/** Two slots of an hour for tests: the dearer one is now. */
export function testPrices(nowMs = Date.now()): EnergyPrices {
  const hour = 3_600_000;
  const from = Math.floor(nowMs / hour) * hour;
  const at = (hours: number) => new Date(from + hours * hour).toISOString();
  return {
    time_zone: names.time_zone,
    currency: 'SEK',
    unavailable: null,
    data: [
      { from: at(0), to: at(1), price: 1.5, export_price: null },
      { from: at(1), to: at(2), price: 0.5, export_price: null },
    ],
  };
}
