import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyMutant, mutants } from '../mutants/mutants.ts';
import type { Mutant } from '../mutants/mutants.ts';

const root = join(import.meta.dirname, '../../..');

test.each(Object.entries<Mutant>(mutants))(
  'the mutant %s applies to the current code',
  (_, mutant) => {
    const source = readFileSync(join(root, mutant.file), 'utf8');
    expect(applyMutant(mutant, source)).not.toBe(source);
  },
);

test('a mutant whose place is missing or ambiguous says so', () => {
  const mutant = { file: 'a.ts', original: 'x();', replacement: '' };
  expect(() => applyMutant(mutant, 'y();')).toThrow('occurs 0 times in a.ts');
  expect(() => applyMutant(mutant, 'x(); x();')).toThrow('occurs 2 times');
});
