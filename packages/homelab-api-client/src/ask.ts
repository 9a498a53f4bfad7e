import type { z } from 'zod';
import { createAnswerMemory } from './answer-memory.ts';
import { errorOfResponse, HomelabApiError } from './homelab-api-error.ts';

/** Options of every request. */
export interface AskOptions {
  /** Ends the request; it rejects with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** What a client of the API needs. */
export interface AskDeps {
  /** Where the API listens, such as `http://127.0.0.1:7008`. */
  readonly baseUrl: string;
  /** A bearer token with the scopes of what is asked; none where a proxy adds it. */
  readonly token?: string;
  /** Longest time until the whole answer is there; 10 s by default. */
  readonly timeoutMs?: number;
  /** For tests, and for browsers that need a fetch of their own. */
  readonly fetch?: typeof fetch;
}

/** Parameters of an address; those that are undefined are left out. */
export type Query = Readonly<
  Record<string, string | number | readonly string[] | Date | undefined>
>;

/** Asks the API. Both reject with a {@link HomelabApiError}. */
export interface Ask {
  get<Schema extends z.ZodType>(
    path: readonly string[],
    query: Query,
    schema: Schema,
    options?: AskOptions,
  ): Promise<z.output<Schema>>;
  /** Asks for a change; the same key asks for it once, however often it is sent. */
  post<Schema extends z.ZodType>(
    path: readonly string[],
    request: { readonly body: object; readonly idempotencyKey: string },
    schema: Schema,
    options?: AskOptions,
  ): Promise<z.output<Schema>>;
}

/** Creates it; nothing is connected before the first request. */
export function createAsk(deps: AskDeps): Ask {
  const { token, timeoutMs = 10_000, fetch: ask = fetch } = deps;
  const base = `${deps.baseUrl.replace(/\/+$/, '')}/api/v1`;
  const answers = createAnswerMemory();

  async function send(
    address: string,
    init: RequestInit & { headers: Record<string, string> },
    { signal }: AskOptions,
  ): Promise<{ status: number; text: string; etag: string | null }> {
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const response = await ask(address, {
        ...init,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...init.headers,
        },
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      const { status, headers } = response;
      return { status, text: await response.text(), etag: headers.get('etag') };
    } catch (cause) {
      signal?.throwIfAborted();
      throw deadline.aborted
        ? new HomelabApiError(
            'timeout',
            `The Homelab API did not answer within ${timeoutMs / 1_000} s.`,
            { cause },
          )
        : new HomelabApiError(
            'unreachable',
            'The Homelab API cannot be reached. Check that homelab-api is running.',
            { cause },
          );
    }
  }

  const addressOf = (path: readonly string[], query: Query = {}) =>
    `${base}/${path.map(encodeURIComponent).join('/')}${searchOf(query)}`;

  return {
    async get(path, query, schema, options = {}) {
      const address = addressOf(path, query);
      const known = answers.get(address);
      const headers: Record<string, string> = known
        ? { 'if-none-match': known.etag }
        : {};
      const { status, text, etag } = await send(address, { headers }, options);
      if (status === 304 && known) return parse(schema, 200, known.text);
      if (status === 200) answers.set(address, { etag, text });
      return parse(schema, status, text, 200);
    },
    async post(path, { body, idempotencyKey }, schema, options = {}) {
      const init = {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': idempotencyKey,
        },
        body: JSON.stringify(body),
      };
      const { status, text } = await send(addressOf(path), init, options);
      return parse(schema, status, text, 202);
    },
  };
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  status: number,
  text: string,
  wanted = status,
): z.output<Schema> {
  const body = jsonOf(text);
  if (status !== wanted) throw errorOfResponse(status, body);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new HomelabApiError(
    'unexpected_answer',
    'The Homelab API gives answers of another version. Start both from one checkout.',
    { status, cause: parsed.error },
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function searchOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    search.set(name, value instanceof Date ? value.toISOString() : `${value}`);
  }
  return search.size === 0 ? '' : `?${search}`;
}
