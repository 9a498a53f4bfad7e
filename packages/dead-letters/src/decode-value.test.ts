import { expect, test } from 'vitest';
import { decodeValue } from './decode-value.ts';

test('objects and lists are indented, other JSON is text', () => {
  expect(decodeValue(Buffer.from('{"a":[1]}'))).toEqual({
    kind: 'json',
    text: '{\n  "a": [\n    1\n  ]\n}',
    hiddenBytes: 0,
  });
  expect(decodeValue(Buffer.from('5'))).toMatchObject({ kind: 'text' });
});

test('numbers beyond the precision of JavaScript are shown exactly', () => {
  const text = '{"id":9007199254740993,"price":1.0,"small":1e-7,"n":-0}';
  expect(decodeValue(Buffer.from(text)).text.replaceAll(/\s/g, '')).toBe(text);
  expect(decodeValue(Buffer.from('9007199254740993'))).toMatchObject({
    kind: 'text',
    text: '9007199254740993',
  });
});

test('text stays text, even with a stray control character', () => {
  expect(decodeValue(Buffer.from('on\u0007ly a bell'))).toMatchObject({
    kind: 'text',
    text: 'on\u0007ly a bell',
  });
  expect(decodeValue(Buffer.alloc(0))).toMatchObject({
    kind: 'text',
    text: '',
  });
});

test('bytes that are not text are shown as bytes', () => {
  expect(decodeValue(Buffer.from([0xff, 0x00, 0x7b]))).toEqual({
    kind: 'binary',
    text: 'ff 00 7b',
    hiddenBytes: 0,
  });
  expect(decodeValue(Buffer.from('\0\0\0\0a'))).toMatchObject({
    kind: 'binary',
  });
  expect(decodeValue(Buffer.alloc(40, 1)).text.split('\n')).toHaveLength(2);
});

test('a long value is cut between characters and reports how much is hidden', () => {
  const { text, hiddenBytes } = decodeValue(Buffer.from('ab€'.repeat(10)), 4);
  expect({ text, hiddenBytes }).toEqual({ text: 'ab', hiddenBytes: 46 });
  expect(decodeValue(Buffer.alloc(100, 0xff), 2)).toEqual({
    kind: 'binary',
    text: 'ff ff',
    hiddenBytes: 98,
  });
});

test('an absent value is not an empty one', () => {
  expect(decodeValue(null)).toEqual({ kind: 'none', text: '', hiddenBytes: 0 });
});
