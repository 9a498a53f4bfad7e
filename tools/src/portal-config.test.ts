import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { requireReadablePortalConfig } from './portal-config.ts';

function checkoutWith(config?: string): string {
  const root = mkdtempSync(join(tmpdir(), 'homelab-config-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  if (config !== undefined)
    writeFileSync(join(root, 'app-config.yaml'), config);
  return root;
}

test('a readable configuration is accepted', () => {
  const root = checkoutWith('app:\n  title: ${TITLE:-Homelab}\n');
  expect(() => requireReadablePortalConfig(root)).not.toThrow();
});

test('broken YAML is refused with the line', () => {
  const root = checkoutWith('app:\n  title: one\n    more: two\n');
  expect(() => requireReadablePortalConfig(root)).toThrow(
    /app-config\.yaml cannot be read: line 2: .+\. Correct it/,
  );
});

test('a missing configuration is refused', () => {
  expect(() => requireReadablePortalConfig(checkoutWith())).toThrow(
    /cannot be read: ENOENT/,
  );
});
