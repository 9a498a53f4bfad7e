import type { Readable } from 'node:stream';
import type { Principal } from '@homelab/access';
import type { ApiScope } from '@homelab/timescale-schema';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { ProblemError } from './problems.ts';
import type { BadParameter } from './problems.ts';
import type { ProblemCode } from '@homelab/homelab-api-client';

/** The header of requests that change something; in lower case, as Node gives it. */
export const idempotencyHeader = 'idempotency-key';

/** What a handler learns of its request besides the parameters. */
export interface Asked {
  /**
   * Says how many stored values the query is about to touch. Throws `query_too_expensive` or
   * `rate_limited` when that is too much.
   */
  spend(points: number): void;
  /** Who asks. */
  readonly principal: Principal;
  /** What the client calls the request; not empty for a route that changes something. */
  readonly idempotencyKey: string;
}

/** A stream of text instead of a JSON value. */
export interface TextAnswer {
  readonly contentType: string;
  readonly fileName: string;
  readonly body: Readable;
}

/** A route of the API: one operation of the document. */
export interface ApiRoute {
  readonly operationId: string;
  /** A POST is accepted, not done, and carries an `Idempotency-Key` and a JSON body. */
  readonly method: 'GET' | 'POST';
  /** In OpenAPI notation: `/api/v1/devices/{stream}`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly tag: string;
  readonly scope: ApiScope;
  readonly params: z.ZodObject | undefined;
  readonly query: z.ZodObject | undefined;
  readonly body: z.ZodObject | undefined;
  /** The schema of the JSON answer, or the content types of a stream of text. */
  readonly answer: z.ZodType | readonly string[];
  /** Beyond those that every route may answer with. */
  readonly problems: readonly ProblemCode[];
  /** Parses the parameters and answers. Throws {@link ProblemError}. */
  run(
    raw: {
      readonly params: unknown;
      readonly query: unknown;
      readonly body: unknown;
    } & Asked,
    services: Services,
  ): Promise<object>;
}

/** Defines a route whose handler gets parsed parameters and must answer as its schema says. */
export function defineRoute<
  Answer extends z.ZodType | readonly string[],
  Params extends z.ZodObject = z.ZodObject<Record<never, z.ZodType>>,
  Query extends z.ZodObject = z.ZodObject<Record<never, z.ZodType>>,
  Body extends z.ZodObject = z.ZodObject<Record<never, z.ZodType>>,
>(route: {
  operationId: string;
  /** GET by default. */
  method?: 'GET' | 'POST';
  path: string;
  summary: string;
  description?: string;
  tag: string;
  scope?: ApiScope;
  params?: Params;
  query?: Query;
  body?: Body;
  answer: Answer;
  problems?: readonly ProblemCode[];
  handle(
    asked: {
      readonly params: z.output<Params>;
      readonly query: z.output<Query>;
      readonly body: z.output<Body>;
    } & Asked,
    services: Services,
  ): Promise<Answer extends z.ZodType ? z.input<Answer> & object : TextAnswer>;
}): ApiRoute {
  const { params, query, body } = route;
  return {
    operationId: route.operationId,
    method: route.method ?? 'GET',
    path: route.path,
    summary: route.summary,
    description: route.description,
    tag: route.tag,
    scope: route.scope ?? 'readings:read',
    params,
    query,
    body,
    answer: route.answer,
    problems: route.problems ?? [],
    run: (raw, services) =>
      route.handle(
        {
          params: parsePart('path', params, raw.params),
          query: parsePart('query', query, raw.query),
          body: parsePart('body', body, raw.body ?? {}),
          spend: raw.spend,
          principal: raw.principal,
          idempotencyKey: raw.idempotencyKey,
        },
        services,
      ),
  };
}

/** No parameter at all is known. */
const nothing = z.strictObject({});

function parsePart<Schema extends z.ZodObject>(
  place: BadParameter['in'],
  schema: Schema | undefined,
  part: unknown,
): z.output<Schema> {
  const result = (schema ?? nothing).safeParse(part);
  // Without a schema, Schema is the object without keys that `nothing` gives.
  if (result.success) return result.data as z.output<Schema>;
  const errors = result.error.issues.flatMap(issue =>
    badParameters(place, issue),
  );
  throw new ProblemError(
    place === 'body' ? 'invalid_body' : 'invalid_parameter',
    errors.map(({ name, message }) => `${name}: ${message}`).join('; '),
    { errors },
  );
}

/** As much of a name as an answer repeats; it may be anything. */
const maxNameLength = 60;

function badParameters(
  place: BadParameter['in'],
  issue: z.core.$ZodIssue,
): BadParameter[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, 10).map(name => ({
      in: place,
      name: name.slice(0, maxNameLength),
      message: `There is no such ${place === 'body' ? 'field' : 'parameter'}`,
    }));
  }
  const name = String(issue.path[0] ?? place).slice(0, maxNameLength);
  return [{ in: place, name, message: issue.message }];
}
