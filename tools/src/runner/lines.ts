import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const maxLineChars = 16_384;

/**
 * Calls `onLine` for every line of a stream, without its line end; a last line without one counts too.
 * Splits lines longer than 16,384 characters, so that no process can fill our memory.
 */
export function readLines(
  stream: Readable,
  onLine: (line: string) => void,
): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/, ''));
    while (rest.length > maxLineChars) {
      onLine(rest.slice(0, maxLineChars));
      rest = rest.slice(maxLineChars);
    }
  });
  stream.once('close', () => {
    rest += decoder.end();
    if (rest !== '') onLine(rest);
    rest = '';
  });
  // A read error only means that the process is gone; its exit is noticed elsewhere.
  stream.on('error', () => {});
}
