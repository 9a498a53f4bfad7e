import { expect, test } from 'vitest';
import { parsePrintUris } from './debian-root.ts';

test('adds up the sizes of APT downloads', () => {
  const output = [
    'Reading package lists...',
    '0 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.',
    "'http://one.test/a_1_amd64.deb' a_1_amd64.deb 1000 SHA256:0",
    "'http://one.test/b_2_all.deb' b_2_all.deb 234 SHA256:1",
  ].join('\n');
  expect(parsePrintUris(output)).toEqual({ count: 2, bytes: 1234 });
});
