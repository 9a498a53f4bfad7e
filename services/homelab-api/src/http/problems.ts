import { problems } from '@homelab/homelab-api-client';
import type { Problem, ProblemCode } from '@homelab/homelab-api-client';

/** One bad parameter of a request. */
export type BadParameter = NonNullable<Problem['errors']>[number];

/** A request cannot be answered; `detail` says what to change. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly BadParameter[] | undefined;
  /** When another attempt makes sense. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    options: {
      cause?: unknown;
      errors?: readonly BadParameter[];
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The content type of a problem. */
export const problemType = 'application/problem+json';

/** The problem to send for an error. */
export function problemOf(
  code: ProblemCode,
  detail?: string,
  errors?: readonly BadParameter[],
): Problem {
  const [status, title] = problems[code];
  return {
    type: `urn:homelab:problem:${code}`,
    title,
    status,
    code,
    ...(detail !== undefined && { detail }),
    ...(errors !== undefined && { errors: [...errors] }),
  };
}
