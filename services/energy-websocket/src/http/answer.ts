import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { problems } from '@homelab/homelab-api-client';
import type { Problem, ProblemCode } from '@homelab/homelab-api-client';

/** A request cannot be answered; `detail` says what to change. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  /** When another attempt makes sense. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail: string, retryAfterSeconds?: number) {
    super(detail);
    this.name = 'ProblemError';
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

interface Answer {
  readonly status: number;
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function answerOf(error: ProblemError): Answer {
  const { code, message: detail, retryAfterSeconds } = error;
  const [status, title] = problems[code];
  const type = `urn:homelab:problem:${code}`;
  const problem: Problem = { type, title, status, code, detail };
  return {
    status,
    title,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(code === 'unauthenticated' && {
        'www-authenticate': 'Bearer realm="homelab"',
      }),
      ...(retryAfterSeconds !== undefined && {
        'retry-after': String(retryAfterSeconds),
      }),
    },
    body: JSON.stringify(problem),
  };
}

/** Answers a request with a problem, by RFC 9457. */
export function sendProblem(
  response: ServerResponse,
  error: ProblemError,
): void {
  const { status, headers, body } = answerOf(error);
  response.writeHead(status, headers).end(body);
}

/** Refuses an upgrade in the same way, and ends the connection. */
export function refuseUpgrade(socket: Duplex, error: ProblemError): void {
  const { status, title, headers, body } = answerOf(error);
  const lines = Object.entries({
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${title}`, ...lines, '', body].join('\r\n'));
}
