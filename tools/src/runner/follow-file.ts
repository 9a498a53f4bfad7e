import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { StringDecoder } from 'node:string_decoder';

const pollMs = 150;
const chunkBytes = 65_536;

/**
 * Shows a growing text file from its beginning until the signal aborts, then the rest of it.
 * A file that is replaced by a new one (rotation) is followed into the new one.
 */
export async function followFile(
  path: string,
  signal: AbortSignal,
  show: (text: string) => void,
  fromByte = 0,
): Promise<void> {
  let file = openSync(path, 'r');
  let position = fromByte;
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(chunkBytes);
  const showRest = () => {
    for (;;) {
      const bytes = readSync(file, buffer, 0, chunkBytes, position);
      if (bytes === 0) return;
      position += bytes;
      show(decoder.write(buffer.subarray(0, bytes)));
    }
  };
  try {
    while (!signal.aborted) {
      showRest();
      if (isReplaced(path, file)) {
        showRest();
        closeSync(file);
        file = openSync(path, 'r');
        position = 0;
      }
      await sleep(pollMs, undefined, { signal }).catch(() => {});
    }
    showRest();
  } finally {
    closeSync(file);
  }
}

function isReplaced(path: string, file: number): boolean {
  const current = statSync(path, { throwIfNoEntry: false });
  return current !== undefined && current.ino !== fstatSync(file).ino;
}
