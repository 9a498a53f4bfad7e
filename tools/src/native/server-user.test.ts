import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foldersIn } from '../folders.ts';
import { chooseFolders, serverUser } from './server-user.ts';

test('runs servers as nobody under root, else as the current user', () => {
  expect(serverUser(0)).toEqual({ uid: 65534, gid: 65534 });
  expect(serverUser(1000)).toBeUndefined();
});

test('moves data and config only if nobody has no access, and says so', async t => {
  const base = mkdtempSync(join(tmpdir(), 'homelab-user-'));
  t.onTestFinished(() => rmSync(base, { recursive: true }));
  const folders = foldersIn(join(base, '.homelab'), base);

  chmodSync(base, 0o755);
  expect(await chooseFolders(folders, 0)).toEqual({ folders });

  chmodSync(base, 0o700);
  expect(await chooseFolders(folders, 1000)).toEqual({ folders });
  const moved = await chooseFolders(folders, 0);
  expect(moved.folders.data).toMatch(
    /^\/var\/lib\/homelab\/[0-9a-f]{12}\/data$/,
  );
  expect(moved.folders.secrets).toBe(folders.secrets);
  expect(moved.notice).toContain(moved.folders.data.replace(/\/data$/, ''));
});
