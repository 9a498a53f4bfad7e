import { z } from 'zod';

/** What can be wrong with a request: a closed list. The code is stable, the words are not. */
export const problems = {
  invalid_parameter: [400, 'A parameter is not valid'],
  invalid_range: [400, 'The range of time is not valid'],
  unauthenticated: [401, 'A valid bearer token is needed'],
  forbidden: [403, 'The token does not have the scope'],
  control_off: [403, 'Changing settings is switched off'],
  route_unknown: [404, 'There is no such route'],
  device_unknown: [404, 'The device has no stored readings'],
  setting_unknown: [404, 'The heat pump has no such setting'],
  command_unknown: [404, 'There is no such command'],
  method_not_allowed: [405, 'The route has no such method'],
  setting_stale: [409, 'The heat pump has not reported the setting lately'],
  nothing_to_change: [409, 'The setting has that value already'],
  command_open: [409, 'The setting is being changed'],
  not_undoable: [409, 'The command cannot be undone'],
  body_not_allowed: [413, 'The route takes no body'],
  body_too_large: [413, 'The body is too large'],
  uri_too_long: [414, 'The URL is too long'],
  unsupported_media_type: [415, 'The body is not sent as JSON'],
  invalid_body: [400, 'The body is not valid'],
  value_out_of_bounds: [422, 'The setting cannot have that value'],
  idempotency_key_reused: [422, 'The key belongs to another command'],
  query_too_expensive: [422, 'The query reads too many stored values'],
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

/** A problem, by RFC 9457, with a stable code. */
export const problemSchema = z.object({
  type: z.string().describe('urn:homelab:problem: and the code'),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes).describe('Stable; the words are not'),
  detail: z.string().optional().describe('What to change'),
  errors: z
    .array(
      z.object({
        in: z.enum(['path', 'query', 'header', 'body']),
        name: z.string(),
        message: z.string(),
      }),
    )
    .optional()
    .describe('Every bad parameter'),
});

/** A problem as it is sent. */
export type Problem = z.infer<typeof problemSchema>;
