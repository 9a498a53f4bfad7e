import { z } from 'zod';

/** What can be wrong with a request to the page's own server: a closed list. */
export const problems = {
  invalid_request: [400, 'The request is not valid'],
  wrong_password: [401, 'The password is not right'],
  signed_out: [401, 'Nobody is signed in on this device'],
  cross_site: [403, 'Another site has sent this request'],
  not_allowed: [403, 'This person may not sign in here'],
  route_unknown: [404, 'There is no such address'],
  method_not_allowed: [405, 'This address does not support the method'],
  body_too_large: [413, 'The body of the request is too large'],
  rate_limited: [429, 'Too many requests'],
  internal: [500, 'The page has failed'],
  api_unreachable: [502, 'The house cannot be asked'],
  sign_in_unavailable: [503, 'Signing in does not work now'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

/** One of {@link problems}. */
export type ProblemCode = keyof typeof problems;

/** Every code, in the order of the documentation. */
export const problemCodes = Object.keys(problems) as readonly ProblemCode[];

/** A problem by RFC 9457 with a stable code. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  detail: z.string().optional(),
});

/** A problem as it is sent. */
export type Problem = z.infer<typeof problemSchema>;

/** The content type of a problem. */
export const problemType = 'application/problem+json';

/** A request cannot be answered; the message says what to do. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The problem to send for a code. */
export function problemOf(code: ProblemCode, detail?: string): Problem {
  const [status, title] = problems[code];
  return {
    type: `urn:homelab:problem:${code}`,
    title,
    status,
    code,
    ...(detail !== undefined && { detail }),
  };
}
