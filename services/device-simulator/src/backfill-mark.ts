import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const markSchema = z.object({
  /** Where the history begins, also when it is published again after an interruption. */
  from: z.iso.datetime(),
  /** True once the broker has acknowledged all of it. */
  complete: z.boolean(),
});

/** Records across restarts whether the history is published. */
export interface BackfillMark {
  /** When the history begins (ms), or undefined when it is all published. */
  begin(wantedFromMs: number): number | undefined;
  /** Records that all of it is published. */
  complete(): void;
}

/**
 * Opens the mark in a file; without a file, one that forgets. An interrupted history is published again
 * from its first message: the house is computed from its seed, so the messages are the same and are
 * stored once.
 */
export function openBackfillMark(path: string | undefined): BackfillMark {
  let from: string;
  return {
    begin(wantedFromMs) {
      from = new Date(wantedFromMs).toISOString();
      if (path === undefined) return wantedFromMs;
      const mark = read(path);
      if (mark?.complete) return undefined;
      if (mark) from = mark.from;
      write(path, { from, complete: false });
      return Date.parse(from);
    },
    complete() {
      if (path !== undefined) write(path, { from, complete: true });
    },
  };
}

/** @returns undefined without a readable mark: publishing too much is safe, leaving a hole is not */
function read(path: string): z.infer<typeof markSchema> | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  // Earlier versions left an empty file.
  if (text === '') return { from: new Date(0).toISOString(), complete: true };
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function write(path: string, mark: z.infer<typeof markSchema>): void {
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify(mark)}\n`, { flush: true });
  renameSync(draft, path);
}
