import { expect, test } from 'vitest';
import { explainFullDisk, requireFreeSpace } from './disk-space.ts';

test('refuses to start on a nearly full disk, and says how much is missing', async () => {
  const check = requireFreeSpace('/house', async () => 123_000_000);
  await expect(check).rejects.toMatchObject({
    code: 'full-disk',
    message: expect.stringContaining('/house has only 123 MB free'),
  });
});

test('accepts enough space', async () => {
  await expect(
    requireFreeSpace('/house', async () => 600_000_000),
  ).resolves.toBeUndefined();
});

test('reports a failure on a full disk as a full disk, any other unchanged', async () => {
  const failure = new Error('initdb failed\nmore');
  expect(
    await explainFullDisk(failure, '/house', async () => 4_096),
  ).toMatchObject({
    code: 'full-disk',
    message: expect.stringMatching(
      /^The disk that holds \/house is full.*\(initdb failed\)$/,
    ),
    cause: failure,
  });
  expect(await explainFullDisk(failure, '/house', async () => 1e9)).toBe(
    failure,
  );
});

test('does not report a full disk twice', async () => {
  const told = await explainFullDisk(new Error('x'), '/house', async () => 0);
  expect(await explainFullDisk(told, '/house', async () => 0)).toBe(told);
});
