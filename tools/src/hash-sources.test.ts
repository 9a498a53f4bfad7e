import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestScope } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { hashSources } from './hash-sources.ts';

function createTree(t: TestScope): {
  write: (path: string, text: string) => void;
  hash: () => string;
} {
  const root = mkdtempSync(join(tmpdir(), 'homelab-hash-'));
  t.onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('app/src/page.tsx', 'one');
  write('lock', 'two');
  return { write, hash: () => hashSources(root, ['app', 'lock']) };
}

for (const [what, path] of [
  ['a changed file', 'app/src/page.tsx'],
  ['a new file', 'app/src/new.tsx'],
  ['a changed single file', 'lock'],
] as const) {
  test(`${what} changes the hash`, t => {
    const { write, hash } = createTree(t);
    const before = hash();
    expect(hash()).toBe(before);
    write(path, 'changed');
    expect(hash()).not.toBe(before);
  });
}

test('build output, tests and backend plugins do not change it', t => {
  const { write, hash } = createTree(t);
  const before = hash();
  write('app/dist/index.js', 'built');
  write('app/src/page.test.tsx', 'test');
  write('app/lights-backend/src/index.ts', 'backend');
  write('app/node_modules/x/index.js', 'other');
  expect(hash()).toBe(before);
});
