import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** Many clients of one WebSocket server. */
export interface Swarm {
  readonly sockets: readonly WebSocket[];
  /** Called with every frame and the index of the client that got it. */
  onFrame: (frame: Buffer, client: number) => void;
  close(): Promise<void>;
}

/** Opened at once, so that a server's queue of connections does not overflow. */
const atOnce = 50;

/** Connects clients; each sends its `hello` first, if given. */
export async function openSwarm(options: {
  count: number;
  url: string;
  token?: string;
  hello?: (client: number) => string;
}): Promise<Swarm> {
  const { count, url, token, hello } = options;
  const headers =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const sockets: WebSocket[] = [];
  const swarm: Swarm = {
    sockets,
    onFrame: () => {},
    async close() {
      for (const socket of sockets) socket.terminate();
      await delay(200);
    },
  };
  while (sockets.length < count) {
    const some = Array.from(
      { length: Math.min(atOnce, count - sockets.length) },
      () => new WebSocket(url, { headers, perMessageDeflate: false }),
    );
    for (const socket of some) {
      const client = sockets.push(socket) - 1;
      socket.on('message', data => swarm.onFrame(data as Buffer, client));
    }
    await Promise.all(
      some.map(
        socket =>
          new Promise<void>((resolve, reject) => {
            socket.once('open', resolve);
            socket.once('error', reject);
          }),
      ),
    );
    if (hello === undefined) continue;
    for (const [index, socket] of some.entries())
      socket.send(hello(sockets.length - some.length + index));
  }
  return swarm;
}

const timeMark = Buffer.from('"timestamp":"');

/** The times of the readings in a frame, without parsing all of it. */
export function timesIn(frame: Buffer): number[] {
  const times: number[] = [];
  for (
    let at = frame.indexOf(timeMark);
    at >= 0;
    at = frame.indexOf(timeMark, at + timeMark.length)
  ) {
    const start = at + timeMark.length;
    times.push(Date.parse(frame.toString('latin1', start, start + 24)));
  }
  return times;
}

const changesMark = Buffer.from('{"type":"changes"');

/** Whether a frame tells newer readings. */
export function isChanges(frame: Buffer): boolean {
  return frame.subarray(0, changesMark.length).equals(changesMark);
}
