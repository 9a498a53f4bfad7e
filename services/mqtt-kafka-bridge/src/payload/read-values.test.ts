import { describe, expect, test } from 'vitest';
import {
  createFieldReader,
  readFlag,
  readNumber,
  readText,
  wrongType,
} from './read-values.ts';

describe('numbers', () => {
  test.each([
    [0, 0],
    ['0', 0],
    [' 21.5 ', 21.5],
    ['-3', -3],
    ['1e3', 1000],
    ['.5', 0.5],
    ['+4', 4],
    [-127, -127],
    [null, null],
    [undefined, null],
    ['', null],
    ['-', null],
    ['NaN', null],
    ['unavailable', null],
    ['Unknown', null],
    ['N.A.', null],
    [' Err ', null],
    ['error', null],
    ['invalid', null],
    ['undefined', null],
    ['warm', wrongType],
    [false, wrongType],
    [-32768, null],
    [-3276.8, null],
    ['-32768', null],
    [true, wrongType],
    ['0x10', wrongType],
    ['21,5', wrongType],
    ['21 °C', wrongType],
    ['1.2.3', wrongType],
    [{}, wrongType],
    [[1], wrongType],
    ['Infinity', wrongType],
  ])('%j', (value, expected) => expect(readNumber(value)).toBe(expected));
});

describe('flags', () => {
  test.each([
    [true, true],
    ['on', true],
    ['ON', true],
    ['true', true],
    [1, true],
    ['1', true],
    [false, false],
    ['off', false],
    [0, false],
    ['no', false],
    [null, null],
    ['', null],
    ['unknown', null],
    [2, wrongType],
    ['maybe', wrongType],
    [{}, wrongType],
  ])('%j', (value, expected) => expect(readFlag(value)).toBe(expected));
});

test('text may be sent as a number; blank text is absence', () => {
  expect(readText(' hall ')).toBe('hall');
  expect(readText(730_145)).toBe('730145');
  expect(readText('  ')).toBeNull();
  expect(readText({})).toBe(wrongType);
});

test('a field reader names the path of the first unreadable field', () => {
  const reader = createFieldReader({
    outer: { good: '1', bad: 'x' },
    flat: 5,
    probe: -127,
  });
  expect(reader.object('outer').number('good')).toBe(1);
  expect(reader.rejection()).toBeUndefined();
  expect(reader.object('missing').number('any')).toBeNull();
  expect(reader.temperature('probe')).toBeNull();
  expect(reader.rejection()).toBeUndefined();
  expect(reader.object('outer').number('bad')).toBeNull();
  reader.object('flat');
  expect(reader.rejection()?.message).toContain('outer.bad');
});
