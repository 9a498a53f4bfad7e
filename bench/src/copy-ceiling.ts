import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runProgram } from '@homelab/tools';
import type { StackOptions } from '@homelab/tools';
import { copyBinary, copyText, loadColumns } from './sink-load.ts';
import type { SinkLoad } from './sink-load.ts';

/** The ceiling of the table: COPY, without checks or duplicates. */
export interface CopyCeiling {
  /** Copies all rows in a single statement on one connection; gives rows per second. */
  measure(format: CopyFormat): Promise<number>;
  close(): Promise<void>;
}

/** A format of COPY. */
export type CopyFormat = 'text' | 'binary';

/** Writes the rows of a load into files, as psql reads them. */
export async function createCopyCeiling(
  stack: StackOptions,
  table: string,
  load: SinkLoad,
): Promise<CopyCeiling> {
  const folder = await mkdtemp(join(tmpdir(), 'homelab-copy-'));
  const fileOf = (format: CopyFormat) => join(folder, format);
  const write = (format: CopyFormat, chunks: Iterable<Buffer>) =>
    pipeline(Readable.from(chunks), createWriteStream(fileOf(format)));
  await write('text', copyText(load));
  await write('binary', copyBinary(load));
  return {
    async measure(format) {
      const columns = loadColumns.join(', ');
      const output = await runProgram({
        command: stack.tools.psql,
        args: [
          ...['--no-psqlrc', '--set=ON_ERROR_STOP=1', '--command=\\timing on'],
          `--command=\\copy ${table} (${columns}) FROM '${fileOf(format)}' WITH (FORMAT ${format})`,
        ],
        env: {
          PGHOST: '127.0.0.1',
          PGPORT: String(stack.ports.postgres),
          PGUSER: 'homelab_sink',
          PGPASSWORD: stack.secrets.postgres.homelab_sink,
          PGDATABASE: 'homelab',
        },
        purpose: 'Copying rows into the table',
      });
      const [, ms] = /^Time: ([\d.]+) ms/m.exec(output) ?? [];
      if (ms === undefined)
        throw new Error(`psql reported no time: ${output.slice(0, 200)}`);
      return (load.count * 1_000) / Number(ms);
    },
    close: () => rm(folder, { recursive: true }),
  };
}
