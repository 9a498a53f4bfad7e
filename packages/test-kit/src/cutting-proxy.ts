import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { TestScope } from './test-scope.ts';

/** A TCP proxy to a server, whose connections a test can break. */
export interface CuttingProxy {
  /** The URL of the server through the proxy. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Cuts every connection; with `refuse`, new ones are cut immediately until `allow`. */
  cut(options?: { refuse: boolean }): void;
  allow(): void;
  /**
   * Keeps current connections open but drops their data from now on: in both directions,
   * like a pulled cable, or only the server's responses. New connections work.
   */
  swallow(what: 'everything' | 'answers'): void;
  /** The number of open connections. */
  openCount(): number;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  swallows: 'nothing' | 'answers' | 'everything';
}

/** Starts a proxy to the server of a URL; it ends with the test. */
export async function createCuttingProxy(
  t: TestScope,
  serverUrl: string,
): Promise<CuttingProxy> {
  const target = new URL(serverUrl);
  const links = new Set<Link>();
  let refusing = false;
  const listener = createServer(client => {
    if (refusing) {
      client.destroy();
      return;
    }
    const server = connect(Number(target.port), target.hostname);
    const link: Link = { client, server, swallows: 'nothing' };
    links.add(link);
    carry(client, server, () => link.swallows === 'everything');
    carry(server, client, () => link.swallows !== 'nothing');
    for (const end of [client, server]) {
      end.on('error', () => {});
      end.on('close', () => {
        // With a pulled cable, neither end notices that the other is gone.
        if (link.swallows !== 'nothing') return;
        close(link);
      });
    }
  });
  const close = (link: Link) => {
    links.delete(link);
    link.client.destroy();
    link.server.destroy();
  };
  const cutAll = () => {
    for (const link of links) close(link);
  };
  await new Promise<void>(resolve => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  t.onTestFinished(
    () =>
      new Promise<void>(resolve => {
        listener.close(() => resolve());
        cutAll();
      }),
  );
  const { port } = listener.address() as AddressInfo;
  return {
    url: `${target.protocol}//127.0.0.1:${port}`,
    host: '127.0.0.1',
    port,
    cut({ refuse } = { refuse: false }) {
      refusing = refuse;
      cutAll();
    },
    allow() {
      refusing = false;
    },
    swallow(what) {
      for (const link of links) link.swallows = what;
    },
    openCount: () => links.size,
  };
}

/** Forwards bytes with backpressure. */
function carry(from: Socket, to: Socket, isSwallowed: () => boolean): void {
  from.on('data', chunk => {
    if (isSwallowed() || to.destroyed) return;
    if (!to.write(chunk)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  });
}
