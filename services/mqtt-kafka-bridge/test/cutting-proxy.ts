import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { TestScope } from '@homelab/test-kit';

/** A TCP proxy whose connections can be cut and refused. */
export interface CuttingProxy {
  readonly url: string;
  /** Cuts every connection; while `refuse` is true new ones are cut at once. */
  cut(options?: { refuse: boolean }): void;
  allow(): void;
}

/** Starts a proxy to an MQTT broker; it ends with the test. */
export async function createCuttingProxy(
  t: TestScope,
  targetUrl: string,
): Promise<CuttingProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let refusing = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer(incoming => {
    keep(incoming);
    if (refusing) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(Number(target.port), target.hostname);
    keep(outgoing);
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on('close', () => outgoing.destroy());
    outgoing.on('close', () => incoming.destroy());
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  t.onTestFinished(async () => {
    cutAll();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `mqtt://127.0.0.1:${port}`,
    cut({ refuse } = { refuse: false }) {
      refusing = refuse;
      cutAll();
    },
    allow() {
      refusing = false;
    },
  };
}
