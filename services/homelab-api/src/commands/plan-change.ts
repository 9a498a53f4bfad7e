import { refusalOf, settingText } from '@homelab/heat-pump-settings';
import type { SettingName, SettingValue } from '@homelab/telemetry';
import { ProblemError } from '../http/problems.ts';
import type { KnownSetting } from './known-settings.ts';

/** Every heat pump reports its settings at least every five minutes; two rounds may be missed. */
const staleAfterMs = 15 * 60_000;

/**
 * Decides whether a setting may become a value now, and returns what it is. Throws
 * `setting_unknown`, `value_out_of_bounds`, `setting_stale`, `command_open` or
 * `nothing_to_change`.
 */
export function planChange(wanted: {
  readonly name: SettingName;
  readonly to: SettingValue;
  readonly known: readonly KnownSetting[];
  /** The settings that commands are changing. */
  readonly changing: readonly SettingName[];
  readonly nowMs: number;
}): KnownSetting {
  const { name, to, known, changing, nowMs } = wanted;
  const setting = known.find(one => one.name === name);
  if (setting === undefined) {
    const names = known.map(one => one.name).join(', ');
    throw new ProblemError(
      'setting_unknown',
      known.length === 0 ? noSettings : `This heat pump has ${names}.`,
    );
  }
  const { allowed, value, readAtMs } = setting;
  const refusal = refusalOf(allowed, to);
  if (refusal !== undefined)
    throw new ProblemError('value_out_of_bounds', refusal);
  if (nowMs - readAtMs > staleAfterMs) {
    throw new ProblemError(
      'setting_stale',
      `The heat pump last reported this setting at ${new Date(readAtMs).toISOString()}. Nothing is changed while it is silent.`,
    );
  }
  if (changing.includes(name)) {
    throw new ProblemError(
      'command_open',
      `${allowed.label} is being changed. Wait until that has ended.`,
    );
  }
  if (value === to) {
    throw new ProblemError(
      'nothing_to_change',
      `${allowed.label} is ${settingText(name, value)} already.`,
    );
  }
  return setting;
}

/** What is said of a heat pump that has never reported a setting. */
export const noSettings =
  'This heat pump has reported no setting that can be changed. ThermIQ and HeishaMon do, within five minutes.';

/** Throws `control_off` unless settings may be changed. */
export function requireControl({ isOn }: { readonly isOn: boolean }): void {
  if (!isOn) throw new ProblemError('control_off', controlOff);
}

/** Why nothing can be changed while it is switched off. */
export const controlOff =
  'Changing settings of heat pumps is switched off. To switch it on, start with HEAT_PUMP_CONTROL=true ./homelab up.';
