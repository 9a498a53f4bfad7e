import { platformaticSecurity } from '@homelab/kafka';
import {
  apiVersionsV1,
  apiVersionsV3,
  Connection,
  findErrorBy,
} from '@platformatic/kafka';
import type { ConnectionOptions } from '@platformatic/kafka';
import type { AnyArgs, Api, ApiVersions } from './apis';
import { KafkaClusterError, problemCodes } from './problems';
import type { ClusterConnection } from './types';

/** The versions that a broker supports of each request type, by the number of the type. */
export type SpokenVersions = ReadonlyMap<
  number,
  { readonly min: number; readonly max: number }
>;

/** One connection to one broker. */
export interface BrokerLink {
  readonly connection: Connection;
  /** Resolves with the broker's versions once connected and logged in. */
  readonly ready: Promise<SpokenVersions>;
  /** Closes it at once. May be called twice. */
  destroy(): void;
}

/** How we identify ourselves in the broker's metrics and logs. */
const software = ['backstage-consumer-lag', '1'] as const;

/** Opens a connection to a broker and asks for its versions. */
export function openBrokerLink(deps: {
  readonly host: string;
  readonly port: number;
  readonly options: ClusterConnection;
  /** Called before each request. */
  readonly onRequest: () => void;
  /** Called when it fails or closes, possibly more than once. */
  readonly onLost: () => void;
}): BrokerLink {
  const { host, port, options, onRequest, onLost } = deps;
  const connection = new Connection(
    options.clientId,
    connectionOptions(options, `${host}:${port}`),
  );
  // Without a listener, an error would end the process.
  connection.on('error', onLost);
  connection.on('close', onLost);
  const destroy = () => {
    // Rejects pending requests, but waits for a hanging broker before it closes the socket.
    connection.close(() => {});
    connection.socket?.destroy();
  };
  const connect = async () => {
    try {
      await connection.connect(host, port);
      return await readVersions(connection, onRequest);
    } catch (error) {
      onLost();
      destroy();
      throw error;
    }
  };
  const ready = connect();
  // Its callers get the failure.
  ready.catch(() => {});
  return { connection, ready, destroy };
}

/** Chooses the newest version that both sides support, at most `limit`. */
export function chooseVersion<Args extends AnyArgs, Answer>(
  { name, versions }: ApiVersions<Args, Answer>,
  spoken: SpokenVersions,
  limit = Infinity,
): Api<Args, Answer> {
  let best: Api<Args, Answer> | undefined;
  for (const api of versions) {
    const range = spoken.get(api.key);
    const fits =
      range !== undefined &&
      api.version >= range.min &&
      api.version <= range.max &&
      api.version <= limit;
    if (fits && api.version > (best?.version ?? -1)) best = api;
  }
  if (best) return best;
  throw new KafkaClusterError({
    code: problemCodes.unsupportedVersion,
    message: `The broker supports no version of the request ${name} that the portal does: it needs Kafka 0.11 or newer.`,
  });
}

async function readVersions(
  connection: Connection,
  onRequest: () => void,
): Promise<SpokenVersions> {
  const answer = await askVersions(connection, onRequest);
  return new Map(
    answer.apiKeys.map(({ apiKey, minVersion, maxVersion }) => [
      apiKey,
      { min: minVersion, max: maxVersion },
    ]),
  );
}

function isVersionRefused(error: unknown): boolean {
  return (
    error instanceof Error &&
    findErrorBy(error, 'apiId', 'UNSUPPORTED_VERSION') !== null
  );
}

async function askVersions(connection: Connection, onRequest: () => void) {
  onRequest();
  try {
    return await apiVersionsV3.api.async(connection, ...software);
  } catch (error) {
    if (!isVersionRefused(error)) throw error;
  }
  onRequest();
  return apiVersionsV1.api.async(connection, ...software);
}

function connectionOptions(
  options: ClusterConnection,
  broker: string,
): ConnectionOptions {
  const { requestTimeoutMs } = options;
  return {
    connectTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    ...platformaticSecurity(options, [broker]),
  };
}
