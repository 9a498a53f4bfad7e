import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { systemCodeOf } from '../homelab-error.ts';

/** Held as long as a run lasts. */
export interface RunLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a run folder. It is an abstract Unix socket instead of a file, because the kernel
 * releases it as soon as its owner ends, however it ends.
 * @returns undefined when another process holds it
 */
export function takeRunLock(runFolder: string): Promise<RunLock | undefined> {
  const key = createHash('sha256')
    .update(realpathSync(runFolder))
    .digest('hex')
    .slice(0, 32);
  const server = createServer(socket => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', error =>
      systemCodeOf(error) === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen({ path: `\0homelab-${key}` }, () => {
      server.unref();
      resolve({
        release: () => new Promise(done => server.close(() => done())),
      });
    });
  });
}
