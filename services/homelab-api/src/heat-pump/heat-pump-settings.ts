import { carnotShareOf } from '@homelab/heat-pump';
import type { PowerEstimate } from '@homelab/heat-pump';
import { emitterKinds } from '@homelab/homelab-api-client';
import type { HeatPumpInstallation } from '@homelab/homelab-api-client';
import { deviceIdSchema } from '@homelab/telemetry';
import { z } from 'zod';
import type { SettingsFile } from '../settings/settings-file.ts';

const celsius = z.number().min(-60).max(120);
const kilowatts = z.number().positive().max(100);

const estimateSchema = z
  .strictObject({
    /** Electric power while the compressor runs. */
    runningKw: kilowatts,
    /** Electric power while it stands still. */
    standbyKw: z.number().min(0).max(1).default(0.01),
    /** Points of its datasheet: the COP at these temperatures. */
    datasheet: z
      .array(
        z.strictObject({
          supplyC: celsius,
          sourceC: celsius,
          cop: z.number().positive().max(20),
        }),
      )
      .min(1)
      .max(100),
  })
  .optional();

const partSchema = z.boolean().optional();

const installationSchema = z.strictObject({
  /** Between heat pump and circuits. */
  bufferTank: partSchema,
  /** What each circuit of the house heats with. */
  circuits: z.array(z.enum(emitterKinds)).min(1).max(2).optional(),
  hotWaterTank: partSchema,
  auxHeater: partSchema,
  electricityMeter: partSchema,
});

const oneSchema = z
  .strictObject({
    /** Where it takes its heat from. */
    source: z.enum(['air', 'ground']).optional(),
    /** What the heating consists of; the rest follows from readings. */
    installation: installationSchema.default({}),
    /** How often its owner wants the tank to be hot. */
    legionellaIntervalDays: z.int().min(1).max(366).optional(),
    /** Stands in for meters that it does not have. */
    estimate: estimateSchema,
  })
  .transform((one, context) => {
    const { estimate, installation } = one;
    const settings = {
      legionellaIntervalDays: one.legionellaIntervalDays ?? null,
      installation: {
        source: one.source ?? null,
        buffer_tank: installation.bufferTank ?? null,
        circuits: installation.circuits ?? null,
        hot_water_tank: installation.hotWaterTank ?? null,
        aux_heater: installation.auxHeater ?? null,
        electricity_meter: installation.electricityMeter ?? null,
      },
    };
    if (estimate === undefined) return { ...settings, estimate: null };
    const { runningKw, standbyKw, datasheet } = estimate;
    const { source = 'air' } = one;
    const carnotShare = carnotShareOf(datasheet, source);
    if (carnotShare === null) {
      context.addIssue({
        code: 'custom',
        path: ['estimate', 'datasheet'],
        message: 'give a point whose supply is warmer than its source',
      });
      return z.NEVER;
    }
    return {
      ...settings,
      estimate: { runningKw, standbyKw, source, carnotShare },
    };
  });

/** What is known of heat pumps beside their readings, by device id, in YAML or JSON. */
export const heatPumpsSchema = z.record(deviceIdSchema, oneSchema);

/** The content of that file. */
export type HeatPumps = z.output<typeof heatPumpsSchema>;

/** What is known of one heat pump beside its readings. */
export interface HeatPumpSettings {
  readonly estimate: PowerEstimate | null;
  readonly legionellaIntervalDays: number | null;
  readonly installation: HeatPumpInstallation;
  /** Why the file is not used; `null` if it is, or if none is configured. */
  readonly unavailable: string | null;
}

const unknownInstallation: HeatPumpInstallation = {
  ...{ source: null, buffer_tank: null, circuits: null },
  ...{ hot_water_tank: null, aux_heater: null, electricity_meter: null },
};

/** Reads the settings of a heat pump; without a usable file nothing is known. */
export async function readHeatPumpSettings(
  file: SettingsFile<HeatPumps> | undefined,
  deviceId: string,
): Promise<HeatPumpSettings> {
  const nothing = {
    estimate: null,
    legionellaIntervalDays: null,
    installation: unknownInstallation,
  };
  const state = await file?.read();
  if (state?.content === undefined)
    return { ...nothing, unavailable: state?.reason ?? null };
  const own = Object.hasOwn(state.content, deviceId)
    ? state.content[deviceId]
    : undefined;
  return { ...nothing, ...own, unavailable: null };
}
