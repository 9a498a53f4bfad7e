import { expect, test } from 'vitest';
import { changeText, consequencesOf } from './index.ts';

test('a change is told with unit and words', () => {
  expect(changeText('target_temp', 20, 21)).toBe('Room target 20 → 21 °C');
  expect(changeText('heating_curve_shift', 1, -2)).toBe(
    'Heating curve shift 1 → −2 K',
  );
  expect(changeText('operating_mode', 'auto', 'hot_water_only')).toBe(
    'Operating mode Automatic → Hot water only',
  );
  expect(changeText('target_temp', null, 21)).toBe('Room target – → 21 °C');
});

test('a preview says what a change means, and warns of what can hurt', () => {
  expect(consequencesOf('heating_curve', 38, 41)).toEqual([
    'Heating curve 38 → 41 °C.',
    'At 0 °C outdoors the water to the emitters becomes 41 °C instead of 38 °C.',
    'Warmer water costs about 2 % more electricity for each degree.',
  ]);
  const words = (...change: Parameters<typeof consequencesOf>) =>
    consequencesOf(...change).join(' ');
  expect(words('hot_water_target_temp', 50, 60)).toContain('scalds');
  expect(words('hot_water_target_temp', 50, 45)).toContain('legionella');
  expect(words('operating_mode', 'auto', 'off')).toContain('freeze');
});
