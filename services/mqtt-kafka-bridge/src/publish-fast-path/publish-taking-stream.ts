import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { createPublishSplitter } from './split-publishes.ts';
import type { PublishPacket, PublishSplitter } from './split-publishes.ts';

const defaultPorts: Readonly<Record<string, number>> = {
  'mqtt:': 1883,
  'mqtts:': 8883,
};

const pingRequestType = 12;
const pingResponse = Buffer.from([0xd0, 0]);

/**
 * The connection to the broker as MQTT.js sees it: everything but the messages, which bypass
 * it to `onPublish`. While the intake is paused nothing is read at all, so that TCP holds the
 * broker back; MQTT.js then gets its ping responses from here, because it would take the
 * silence for a dead connection.
 */
export interface PublishTakingStream extends Duplex {
  /** Stops handing over messages and reading. */
  pauseIntake(): void;
  resumeIntake(): void;
  /** Writes complete packets, bypassing MQTT.js. */
  writePackets(bytes: Buffer): void;
}

/** Opens a socket to `mqtt://host[:port]` or `mqtts://…` and diverts its messages. */
export function openPublishTakingStream(
  url: string,
  onPublish: (packet: PublishPacket) => void,
): PublishTakingStream {
  return new TakingStream(openSocket(new URL(url)), onPublish);
}

function openSocket({ protocol, hostname, port }: URL): Socket {
  // An IPv6 address is in brackets in a URL.
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const address = { host, port: Number(port || defaultPorts[protocol]) };
  return protocol === 'mqtts:'
    ? connectTls({ ...address, servername: host })
    : connectTcp(address);
}

class TakingStream extends Duplex implements PublishTakingStream {
  readonly #socket: Socket;
  readonly #splitter: PublishSplitter;
  #intakePaused = false;

  constructor(socket: Socket, onPublish: (packet: PublishPacket) => void) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#splitter = createPublishSplitter({
      onPublish,
      // MQTT.js reads little and is never held back.
      onRest: bytes => void this.push(bytes),
    });
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#splitter.push(chunk));
    socket.on('end', () => this.push(null));
    socket.on('error', error => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  pauseIntake(): void {
    this.#intakePaused = true;
    this.#splitter.pause();
    this.#socket.pause();
  }

  resumeIntake(): void {
    this.#intakePaused = false;
    this.#splitter.resume();
    // The held messages may have filled the intake again.
    if (!this.#intakePaused) this.#socket.resume();
  }

  writePackets(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  override _read(): void {}

  override _write(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    if (this.#intakePaused && (chunk[0] ?? 0) >> 4 === pingRequestType)
      this.push(pingResponse);
    this.#socket.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(done);
  }

  override _destroy(
    error: Error | null,
    done: (error?: Error | null) => void,
  ): void {
    this.#socket.destroy();
    done(error);
  }
}
