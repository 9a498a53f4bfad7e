import { observed, reject } from '../observation.ts';
import type { Adapter } from '../observation.ts';
import { readJsonObject } from '../payload/read-payload.ts';
import type { Fields } from '../payload/read-payload.ts';
import { readDeviceTime } from '../payload/read-time.ts';
import type { SiteClock } from '../payload/read-time.ts';
import {
  createFieldReader,
  rounded,
  thousandth,
} from '../payload/read-values.ts';
import type { FieldReader } from '../payload/read-values.ts';
import { defineDialect } from './define-dialect.ts';

/** SaveEye meter readers, which send W, Wh, V, mA and percent. */
export const saveeye = defineDialect({
  name: 'saveeye',
  description: 'SaveEye electricity meter readers',
  filters: ['saveeye/telemetry'],
  streams: ['energy'],
  delivery: 'readings',
  createAdapter: (_, clock) => createSaveEyeAdapter(clock),
  golden: () => import('./saveeye.golden.ts'),
});

const phases = ['L1', 'L2', 'L3'] as const;

/** A phase below this voltage is not connected. */
const liveVoltageV = 80;

function createSaveEyeAdapter(clock: SiteClock): Adapter {
  return message => {
    const payload = readJsonObject(message.payload);
    if (!payload.ok) return payload.rejection;
    const reader = createFieldReader(withSections(payload.fields));
    const deviceId = reader.text('saveeyeDeviceSerialNumber');
    if (deviceId === null) {
      return reject(
        'device_id_missing',
        'Field "saveeyeDeviceSerialNumber" is missing.',
      );
    }
    const fields = { source: 'saveeye', ...measuredFields(reader) };
    const measuredAtMs = readDeviceTime(
      payload.fields.timestamp,
      message,
      clock,
    );
    return (
      reader.rejection(deviceId) ??
      observed({ stream: 'energy', deviceId, fields, measuredAtMs })
    );
  };
}

const sectionNames = [
  'activeActualConsumption',
  'activeActualProduction',
  'activeTotalConsumption',
  'activeTotalProduction',
  'rmsVoltage',
  'rmsCurrent',
  'powerFactor',
] as const;

/** A section may be a plain value, which is then the total. */
function withSections(fields: Fields): Fields {
  const sections: Record<string, unknown> = { ...fields };
  for (const name of sectionNames) {
    const value = fields[name];
    const plain = typeof value === 'number' || typeof value === 'string';
    if (plain) sections[name] = { total: value };
  }
  return sections;
}

function measuredFields(reader: FieldReader) {
  const voltage = perPhase(reader.object('rmsVoltage'));
  const currentMa = perPhase(reader.object('rmsCurrent'));
  const factorPercent = reader.object('powerFactor').number('total');
  return {
    rssi: reader.number('wifiRssi'),
    ...powers(reader),
    total_energy_kwh: thousandth(
      reader.object('activeTotalConsumption').number('total'),
    ),
    total_production_kwh: thousandth(
      reader.object('activeTotalProduction').number('total'),
    ),
    voltage: meanOfLive(voltage) ?? reader.object('rmsVoltage').number('total'),
    voltage_l1: liveOnly(voltage.L1),
    voltage_l2: liveOnly(voltage.L2),
    voltage_l3: liveOnly(voltage.L3),
    current:
      thousandth(sum(currentMa)) ??
      thousandth(reader.object('rmsCurrent').number('total')),
    current_l1: thousandth(currentMa.L1),
    current_l2: thousandth(currentMa.L2),
    current_l3: thousandth(currentMa.L3),
    power_factor: factorPercent === null ? null : factorPercent / 100,
  };
}

type PerPhase = Readonly<Record<(typeof phases)[number], number | null>>;

function perPhase(reader: FieldReader): PerPhase {
  return {
    L1: reader.number('L1'),
    L2: reader.number('L2'),
    L3: reader.number('L3'),
  };
}

/** Canonical readings have import and export separately; each phase is signed. */
function powers(reader: FieldReader) {
  const consumption = reader.object('activeActualConsumption');
  const production = reader.object('activeActualProduction');
  const importedW = perPhase(consumption);
  const exportedW = perPhase(production);
  const importW = consumption.number('total') ?? sum(importedW);
  const exportW = production.number('total') ?? sum(exportedW);
  const net = (phase: (typeof phases)[number]) =>
    importedW[phase] === null && exportedW[phase] === null
      ? null
      : thousandth((importedW[phase] ?? 0) - (exportedW[phase] ?? 0));
  const negative = importW !== null && importW < 0;
  return {
    power_kw: negative ? 0 : thousandth(importW),
    production_power_kw: negative
      ? thousandth(Math.max(-importW, exportW ?? 0))
      : thousandth(exportW),
    power_l1_kw: net('L1'),
    power_l2_kw: net('L2'),
    power_l3_kw: net('L3'),
  };
}

function sum(values: PerPhase): number | null {
  const present = phases.flatMap(phase => values[phase] ?? []);
  if (present.length === 0) return null;
  return rounded(present.reduce((total, each) => total + each, 0));
}

function liveOnly(voltageV: number | null): number | null {
  return voltageV === 0 ? null : voltageV;
}

function meanOfLive(values: PerPhase): number | null {
  const live = phases
    .flatMap(phase => values[phase] ?? [])
    .filter(voltageV => voltageV >= liveVoltageV);
  if (live.length === 0) return null;
  return rounded(live.reduce((total, each) => total + each, 0) / live.length);
}
