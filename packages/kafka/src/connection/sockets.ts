import { connect as connectTcp, isIP, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';

const keepAliveDelayMs = 60_000;

/** The error of sockets that we close ourselves. */
export const closedMessage = 'This Kafka client is closed.';

interface SocketRequest {
  readonly host: string;
  readonly port: number;
  readonly ssl?: ConnectionOptions;
  readonly onConnect: () => void;
}

/**
 * Opens the sockets of one kafkajs client and tracks which are connected: kafkajs does
 * not report when a broker goes away.
 */
export interface SocketTracker {
  /** For kafkajs's option `socketFactory`. */
  readonly open: (request: SocketRequest) => Socket;
  /** Whether at least one broker connection is open. */
  isConnected(): boolean;
  /** Destroys every socket and refuses new ones, so kafkajs stops waiting. */
  destroy(): void;
}

/** Creates a tracker with no open sockets. */
export function createSocketTracker(): SocketTracker {
  const sockets = new Set<Socket>();
  const connected = new Set<Socket>();
  let destroyed = false;

  return {
    open({ host, port, ssl, onConnect }) {
      if (destroyed) return refusedSocket();
      const opened = () => {
        connected.add(socket);
        onConnect();
      };
      const socket = ssl
        ? connectTls({ host, port, ...serverName(host), ...ssl }, opened)
        : connectTcp({ host, port }, opened);
      socket.setKeepAlive(true, keepAliveDelayMs);
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.once('close', () => {
        sockets.delete(socket);
        connected.delete(socket);
      });
      return socket;
    },
    isConnected: () => connected.size > 0,
    destroy() {
      destroyed = true;
      // With an error, because kafkajs listens to 'end' and 'error' but not to 'close'.
      for (const socket of sockets) socket.destroy(closedError());
    },
  };
}

/** SNI needs a host name; an IP address is not allowed. */
function serverName(host: string) {
  return isIP(host) === 0 ? { servername: host } : {};
}

function refusedSocket(): Socket {
  const socket = new Socket();
  setImmediate(() => socket.destroy(closedError()));
  return socket;
}

function closedError(): Error {
  return new Error(closedMessage);
}
