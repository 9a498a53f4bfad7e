import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonLetterFormat } from '@homelab/dead-letters';
import { isOneOf } from '@homelab/kafka';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkoutRoot } from '../folders.ts';
import { letterFormat, redrivePlaces } from './homelab-letters.ts';

test('the common letter format understands our letters too', () => {
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

test('the portal sends letters to the same places, and never at the same time', () => {
  const text = readFileSync(join(checkoutRoot, 'app-config.yaml'), 'utf8');
  const { deadLetters } = z
    .object({
      deadLetters: z.looseObject({
        reasons: z.record(z.string(), z.string()),
      }),
    })
    .parse(parse(text));
  expect(deadLetters).toMatchObject({
    ledgerTopic: redrivePlaces.ledgerTopic,
    targets: redrivePlaces.targetOf,
    writableTopics: redrivePlaces.originTopics,
    transactionalId: redrivePlaces.transactionalId,
    // It is created with the other topics.
    createLedger: false,
  });
});
