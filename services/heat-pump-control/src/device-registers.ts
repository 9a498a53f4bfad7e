import type {
  RegisterReport,
  Registers,
  SettingsFormat,
} from '@homelab/heat-pump-settings';
import { settingNames } from '@homelab/telemetry';
import type { SettingName, SettingValue } from '@homelab/telemetry';

/** More heat pumps than a house has; those beyond are not followed. */
export const maxDevices = 50;

/** A setting as a heat pump last reported it. */
export interface SettingReading {
  readonly value: SettingValue;
  /** When the newest of its registers arrived. */
  readonly atMs: number;
  /** That register was a retained message: of any age, but the newest that the device sent. */
  readonly isRetained: boolean;
}

/** The registers of one heat pump. */
export interface Device {
  readonly format: SettingsFormat;
  /** Where its own MQTT topics begin. */
  readonly baseTopic: string;
  /** The setting, or undefined while a register of it is unknown. */
  setting(name: SettingName): SettingReading | undefined;
}

/** What heat pumps have reported of their settings. */
export interface DeviceRegisters {
  /** Takes a report; returns the settings that it tells of. */
  take(
    format: SettingsFormat,
    report: RegisterReport,
    arrived: { readonly atMs: number; readonly isRetained: boolean },
  ): readonly SettingName[];
  device(deviceId: string): Device | undefined;
  readonly size: number;
}

interface Register {
  readonly value: number | null;
  readonly atMs: number;
  readonly isRetained: boolean;
}

interface KnownDevice {
  readonly format: SettingsFormat;
  readonly baseTopic: string;
  readonly registers: Map<string, Register>;
}

/** Creates the memory of registers, which is empty. */
export function createDeviceRegisters(): DeviceRegisters {
  const known = new Map<string, KnownDevice>();

  function entryOf(format: SettingsFormat, report: RegisterReport) {
    const before = known.get(report.deviceId);
    const isSame =
      before?.format === format && before.baseTopic === report.baseTopic;
    if (before !== undefined && isSame) return before;
    if (before === undefined && known.size >= maxDevices) return undefined;
    // Another gateway for the same heat pump.
    const entry = {
      format,
      baseTopic: report.baseTopic,
      registers: new Map<string, Register>(),
    };
    known.set(report.deviceId, entry);
    return entry;
  }

  return {
    take(format, report, arrived) {
      const entry = entryOf(format, report);
      if (entry === undefined) return [];
      for (const [name, value] of report.registers)
        entry.registers.set(name, { value, ...arrived });
      return settingNames.filter(name =>
        format.settings[name]?.registers.some(one => report.registers.has(one)),
      );
    },
    device(deviceId) {
      const entry = known.get(deviceId);
      if (entry === undefined) return undefined;
      const { format, baseTopic, registers } = entry;
      return {
        format,
        baseTopic,
        setting: name => settingReading(format, registers, name),
      };
    },
    get size() {
      return known.size;
    },
  };
}

function settingReading(
  format: SettingsFormat,
  registers: ReadonlyMap<string, Register>,
  name: SettingName,
): SettingReading | undefined {
  const setting = format.settings[name];
  const value = setting?.valueOf(knownValues(registers)) ?? null;
  if (setting === undefined || value === null) return undefined;
  const [newest] = setting.registers
    .flatMap(one => registers.get(one) ?? [])
    .sort((one, other) => other.atMs - one.atMs);
  if (newest === undefined) return undefined;
  return { value, atMs: newest.atMs, isRetained: newest.isRetained };
}

function knownValues(registers: ReadonlyMap<string, Register>): Registers {
  const values = new Map<string, number>();
  for (const [name, { value }] of registers)
    if (value !== null) values.set(name, value);
  return values;
}
