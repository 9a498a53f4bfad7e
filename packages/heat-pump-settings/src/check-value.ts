import type { Setting, SettingValue } from '@homelab/telemetry';

/** Why a setting cannot have a value, as a sentence; undefined when it can. */
export function refusalOf(
  allowed: Setting,
  value: SettingValue,
): string | undefined {
  const { label } = allowed;
  if (allowed.kind === 'word') {
    return typeof value === 'string' && Object.hasOwn(allowed.words, value)
      ? undefined
      : `${label} is one of ${Object.keys(allowed.words).join(', ')}.`;
  }
  const { min, max, step, unit } = allowed;
  const isAllowed =
    typeof value === 'number' &&
    value >= min &&
    value <= max &&
    Number.isInteger((value - min) / step);
  return isAllowed
    ? undefined
    : `${label} is ${min} to ${max} ${unit} in steps of ${step}.`;
}
