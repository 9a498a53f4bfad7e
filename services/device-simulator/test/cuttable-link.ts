import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { TestScope } from '@homelab/test-kit';

/** A way to a server that a test can cut and mend. */
export interface CuttableLink {
  /** The URL of the server by this way. */
  readonly url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Lets connections through again. */
  mend(): void;
}

/** Opens a link to the server of a URL; it is closed when the test ends. */
export async function createCuttableLink(
  t: TestScope,
  serverUrl: string,
): Promise<CuttableLink> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer(socket => {
    if (isCut) {
      socket.destroy();
      return;
    }
    const onward = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  t.onTestFinished(
    () =>
      new Promise(resolve => {
        server.close(() => resolve());
        cutAll();
      }),
  );
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The link has no port.');
  }
  return {
    url: `${target.protocol}//127.0.0.1:${address.port}`,
    cut() {
      isCut = true;
      cutAll();
    },
    mend() {
      isCut = false;
    },
  };
}
