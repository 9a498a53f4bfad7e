import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Exits 0 once a Kafka broker answers an ApiVersions request, or 1 after four seconds without.
 * Usage: probe-kafka.ts HOST PORT
 *
 * Implements the request and the retries itself, because it runs while Kafka starts and loading a
 * client library each time would slow that down.
 */
const [host, port] = process.argv.slice(2);
const deadlineMs = Date.now() + 4_000;
const correlationId = 7;

const request = Buffer.alloc(14);
request.writeInt32BE(request.length - 4, 0);
request.writeInt16BE(18, 4); // ApiVersions
request.writeInt16BE(0, 6); // in its first version
request.writeInt32BE(correlationId, 8);
request.writeInt16BE(-1, 12); // no client id

function ask(): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port: Number(port) });
    let answer = Buffer.alloc(0);
    const finish = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(2_000, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
    socket.on('connect', () => socket.write(request));
    socket.on('data', chunk => {
      answer = Buffer.concat([answer, chunk]);
      // A response begins with its length, the correlation id and an error code.
      if (answer.length < 10) return;
      finish(
        answer.readInt32BE(4) === correlationId && answer.readInt16BE(8) === 0,
      );
    });
  });
}

async function main(): Promise<void> {
  let answered = await ask();
  while (!answered && Date.now() < deadlineMs) {
    await sleep(100);
    answered = await ask();
  }
  process.exitCode = answered ? 0 : 1;
}

void main();
