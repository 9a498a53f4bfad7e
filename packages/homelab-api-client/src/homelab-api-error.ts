import { problemSchema } from './schemas/problems.ts';
import type { ProblemCode } from './schemas/problems.ts';

/** Why a request failed: a code of the API, or what kept its answer from us. */
export type HomelabApiErrorCode =
  ProblemCode | 'unreachable' | 'timeout' | 'unexpected_answer';

const retryableCodes: ReadonlySet<HomelabApiErrorCode> = new Set([
  'unreachable',
  'timeout',
  'rate_limited',
  'request_timeout',
  'database_busy',
  'database_unavailable',
  'query_timeout',
  'issuer_unavailable',
  'exports_busy',
]);

/** A request to the Homelab API failed; the message is a sentence for people. */
export class HomelabApiError extends Error {
  readonly code: HomelabApiErrorCode;
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;

  constructor(
    code: HomelabApiErrorCode,
    message: string,
    options: { status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'HomelabApiError';
    this.code = code;
    this.status = options.status;
    this.retryable = retryableCodes.has(code);
  }
}

/** The error that a failed response tells of. */
export function errorOfResponse(
  status: number,
  body: unknown,
): HomelabApiError {
  const problem = problemSchema.safeParse(body).data;
  if (problem === undefined) {
    return new HomelabApiError(
      'unexpected_answer',
      `The Homelab API answered with status ${status} and no reason. Check that its address is right and that nothing stands in between.`,
      { status },
    );
  }
  const { code, title, detail } = problem;
  const message =
    code === 'unauthenticated' || code === 'forbidden'
      ? `The Homelab API refuses the token: ${title}. Make one with "./homelab token create".`
      : (detail ?? `${title}.`);
  return new HomelabApiError(code, message, { status });
}
