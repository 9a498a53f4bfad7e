/** What can be wrong with a request: a closed list. The code is stable, the words are not. */
export const problems = {
  invalid_parameter: [400, 'A parameter is not valid'],
  invalid_range: [400, 'The range of time is not valid'],
  unauthenticated: [401, 'A valid bearer token is needed'],
  forbidden: [403, 'The token does not have the scope'],
  route_unknown: [404, 'There is no such route'],
  device_unknown: [404, 'The device has no stored readings'],
  method_not_allowed: [405, 'Only GET and HEAD are supported'],
  body_not_allowed: [413, 'A request carries no body'],
  uri_too_long: [414, 'The address is too long'],
  query_too_expensive: [422, 'The query touches too many stored values'],
  rate_limited: [429, 'Too many requests'],
  headers_too_large: [431, 'The headers are too large'],
  malformed_request: [400, 'The request is not HTTP'],
  request_timeout: [408, 'The request did not arrive in time'],
  internal: [500, 'The API has failed'],
  database_busy: [503, 'Every connection to the database is in use'],
  database_unavailable: [503, 'The database cannot be read'],
  query_timeout: [503, 'The database took too long'],
  issuer_unavailable: [503, 'The token issuer cannot be reached'],
  exports_busy: [503, 'Too many exports are running'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

/** One of {@link problems}. */
export type ProblemCode = keyof typeof problems;

/** Every code, in the order of the documentation. */
export const problemCodes = Object.keys(problems) as readonly ProblemCode[];

/** One bad parameter of a request. */
export interface BadParameter {
  readonly in: 'path' | 'query';
  readonly name: string;
  readonly message: string;
}

/** A problem as it is sent, by RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly errors?: readonly BadParameter[];
}

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
    ...(errors !== undefined && { errors }),
  };
}
