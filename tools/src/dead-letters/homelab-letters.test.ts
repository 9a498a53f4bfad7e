import { commonLetterFormat, isOneOf } from '@homelab/dead-letters';
import { expect, test } from 'vitest';
import { letterFormat } from './homelab-letters.ts';

test('whoever knows only what is common understands our letters too', () => {
  const { headers, failureHeaders } = commonLetterFormat;
  for (const [part, names] of Object.entries(letterFormat.headers))
    expect(headers).toMatchObject({
      [part]: expect.arrayContaining([...names]),
    });
  for (const name of letterFormat.failureHeaders)
    expect(isOneOf(name, failureHeaders)).toBe(true);
  expect(letterFormat.redriveCountHeader).toBe(
    commonLetterFormat.redriveCountHeader,
  );
});
