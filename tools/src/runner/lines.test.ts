import { Readable } from 'node:stream';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { readLines } from './lines.ts';

async function linesOf(chunks: readonly Buffer[]): Promise<string[]> {
  const lines: string[] = [];
  const stream = Readable.from(chunks);
  readLines(stream, line => lines.push(line));
  await once(stream, 'close');
  return lines;
}

test('joins lines and characters that arrive in pieces', async () => {
  const bytes = Buffer.from('värme\r\n21 °C\nlast');
  const pieces = [...bytes].map(byte => Buffer.from([byte]));
  expect(await linesOf(pieces)).toEqual(['värme', '21 °C', 'last']);
});

test('cuts a line that never ends', async () => {
  const lines = await linesOf([Buffer.alloc(40_000, 'x')]);
  expect(lines.map(line => line.length)).toEqual([16_384, 16_384, 7_232]);
});
