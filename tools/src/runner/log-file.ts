import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The log of one process: appends lines, keeps one older file. */
export interface LogFile {
  readonly path: string;
  append(line: string): void;
  close(): void;
}

/**
 * Opens (and creates) a log file that is moved to `<path>.1` when it would grow beyond `maxBytes`.
 * When the disk is full, lines are dropped and counted, and the count is written once there is space:
 * a full disk must not end the logging process.
 */
export function openLogFile(path: string, maxBytes = 10_000_000): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  let file: number | undefined = openSync(path, 'a');
  let bytes = fstatSync(file).size;
  let dropped = 0;

  const write = (text: string) => {
    if (file === undefined) return;
    if (bytes + text.length > maxBytes && bytes > 0) {
      renameSync(path, `${path}.1`);
      const next = openSync(path, 'a');
      closeSync(file);
      file = next;
      bytes = 0;
    }
    bytes += writeSync(file, text);
  };

  return {
    path,
    append(line) {
      try {
        if (dropped > 0) write(`(${dropped} lines lost: the disk was full)\n`);
        dropped = 0;
        write(`${line}\n`);
      } catch {
        dropped += 1;
      }
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
