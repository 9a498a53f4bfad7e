import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { benchNames, createProgram } from './program.ts';

const root = resolve(import.meta.dirname, '../..');

/** The words after every `./homelab bench` in the project's Markdown. */
function documentedWords(): string[][] {
  const files = execFileSync('git', ['ls-files', '*.md'], { cwd: root })
    .toString()
    .trim()
    .split('\n');
  return files.flatMap(file =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /\.\/homelab bench ([a-z-][^`\n#|]*)/g,
      ),
    ].map(match => (match[1] ?? '').trim().split(/\s+/)),
  );
}

test('every documented measurement exists, with its flags', () => {
  const known = createProgram();
  const documented = documentedWords();
  expect(documented.length).toBeGreaterThan(5);
  for (const words of documented) {
    const { operands, unknown } = known.parseOptions(words);
    expect(unknown, words.join(' ')).toEqual([]);
    expect([...benchNames, 'NAME'], words.join(' ')).toEqual(
      expect.arrayContaining(operands),
    );
  }
});
