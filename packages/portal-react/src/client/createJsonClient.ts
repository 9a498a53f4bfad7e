import { ResponseError } from '@backstage/errors';

/** Parses a JSON value into the type of the contract, or throws. */
interface Schema<T> {
  parse(value: unknown): T;
}

/** Enough for all that a page polls, plus some for going back. */
const maxKnown = 20;

type Query = Record<string, string | number | readonly string[] | undefined>;

/** The part of Backstage's `fetchApi` that is used here. */
interface FetchApi {
  fetch(address: string, init?: RequestInit): Promise<Response>;
}

/** Sends requests to the backend of a plugin and parses the answers. */
export interface JsonClient {
  /**
   * Reuses the previous answer if the backend says that it has not changed (304).
   * @throws ResponseError when the backend rejects the request or fails
   */
  get<T>(
    path: readonly string[],
    schema: Schema<T>,
    query?: Query,
    options?: { signal?: AbortSignal },
  ): Promise<T>;
  /** @throws ResponseError when the backend rejects the request or fails */
  post<T>(
    path: readonly string[],
    schema: Schema<T>,
    body?: unknown,
  ): Promise<T>;
}

/** Creates the client of a plugin's backend. */
export function createJsonClient(deps: {
  readonly fetchApi: FetchApi;
  readonly pluginId: string;
}): JsonClient {
  const { fetchApi, pluginId } = deps;
  const addressOf = (path: readonly string[]) =>
    `plugin://${pluginId}/${path.map(encodeURIComponent).join('/')}`;

  /** Previous answers and their ETags by address, least recently used first. */
  const known = new Map<string, { etag: string; answer: unknown }>();

  function remember(address: string, etag: string | null, answer: unknown) {
    known.delete(address);
    if (etag !== null) known.set(address, { etag, answer });
    for (const oldest of known.keys()) {
      if (known.size <= maxKnown) break;
      known.delete(oldest);
    }
  }

  return {
    async get<T>(
      path: readonly string[],
      schema: Schema<T>,
      query: Query = {},
      options: { signal?: AbortSignal } = {},
    ) {
      const address = `${addressOf(path)}${searchOf(query)}`;
      const before = known.get(address);
      const response = await fetchApi.fetch(address, {
        ...options,
        ...(before && { headers: { 'if-none-match': before.etag } }),
      });
      // It was parsed with the same schema: the address determines it.
      if (response.status === 304 && before)
        return ofNow(before.answer as T, response);
      const answer = await parsed(response, schema);
      remember(address, response.headers.get('etag'), answer);
      return answer;
    },
    async post(path, schema, body = {}) {
      const response = await fetchApi.fetch(addressOf(path), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return parsed(response, schema);
    },
  };
}

async function parsed<T>(response: Response, schema: Schema<T>): Promise<T> {
  if (!response.ok) throw await ResponseError.fromResponse(response);
  return schema.parse(await response.json());
}

/** An unchanged answer, with the backend's current time. */
function ofNow<T>(answer: T, response: Response): T {
  const date = Date.parse(response.headers.get('date') ?? '');
  const hasClock =
    typeof answer === 'object' && answer !== null && 'now' in answer;
  if (!hasClock || Number.isNaN(date)) return answer;
  return { ...answer, now: new Date(date).toISOString() };
}

function searchOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
