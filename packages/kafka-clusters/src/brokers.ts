import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AnyArgs, ApiVersions } from './apis';
import { chooseVersion, openBrokerLink } from './brokerLink';
import type { BrokerLink } from './brokerLink';
import { KafkaClusterError, problemCodes, problemOfFailure } from './problems';
import type { ClusterConnection } from './types';

/** Where a broker listens; brokers from the configuration have no id yet. */
export interface BrokerAddress {
  readonly nodeId?: number;
  readonly host: string;
  readonly port: number;
}

/** Arguments of a request, which may depend on its version. */
type ArgsFor<Args extends AnyArgs> = (version: number) => Args;

/**
 * One use of the brokers, such as a poll. A broker that failed or did not answer is not asked
 * again during the visit, so that it costs one timeout instead of one per request. Rejects
 * with {@link KafkaClusterError}, or with the reason of its signal.
 */
export interface BrokerVisit {
  /** Sends a request. A response in which only parts failed counts as a response. */
  send<Args extends AnyArgs, Answer>(
    broker: BrokerAddress,
    api: ApiVersions<Args, Answer>,
    args: ArgsFor<Args>,
  ): Promise<Answer>;
  /** Sends it to the first known broker that answers. */
  sendToAny<Args extends AnyArgs, Answer>(
    api: ApiVersions<Args, Answer>,
    args: ArgsFor<Args>,
  ): Promise<Answer>;
  /** The version that a request would be sent in. */
  versionOf<Args extends AnyArgs, Answer>(
    broker: BrokerAddress,
    api: ApiVersions<Args, Answer>,
  ): Promise<number>;
  /** Requests sent so far. */
  requestCount(): number;
  /** Throws when the signal was aborted or the connection closed, so that a partial result is not taken for a complete one. */
  throwIfOver(): void;
}

export interface Brokers {
  visit(signal?: AbortSignal): BrokerVisit;
  /** Adds brokers to those from the configuration, to ask when those are down. */
  learn(addresses: Iterable<BrokerAddress>): void;
  requestCount(): number;
  close(): Promise<void>;
}

interface KnownLink extends BrokerLink {
  /** The visit that opened it. */
  readonly openedBy: object;
}

const down: ReadonlySet<string> = new Set([
  problemCodes.timeout,
  problemCodes.unreachable,
  problemCodes.refusedLogin,
]);

/** Keeps one connection to each broker, opened when it is needed. */
export function createBrokers(deps: {
  readonly connection: ClusterConnection;
  readonly logger: LoggerService;
  /** For tests: the newest version to use for a request type, to simulate an older broker. */
  readonly newestVersion?: (apiKey: number) => number | undefined;
}): Brokers {
  const { connection: options, logger, newestVersion } = deps;
  const seeds = options.brokers.map(parseAddress);
  const links = new Map<string, KnownLink>();
  let learnt: readonly BrokerAddress[] = [];
  let lastGood: string | undefined;
  let total = 0;
  let closed = false;

  function linkTo(address: BrokerAddress, visit: Visit): KnownLink {
    const key = keyOf(address);
    const open = links.get(key);
    if (open) return open;
    const link: KnownLink = {
      ...openBrokerLink({
        host: address.host,
        port: address.port,
        options,
        onRequest: () => visit.count(),
        onLost: () => {
          if (links.get(key) !== link) return;
          links.delete(key);
          logger.debug('kafka broker lost', { broker: key });
        },
      }),
      openedBy: visit,
    };
    links.set(key, link);
    return link;
  }

  class Visit implements BrokerVisit {
    private readonly failures = new Map<string, KafkaClusterError>();
    private sent = 0;

    constructor(private readonly signal?: AbortSignal) {}

    count(): void {
      this.sent += 1;
      total += 1;
    }

    requestCount(): number {
      return this.sent;
    }

    throwIfOver(): void {
      this.signal?.throwIfAborted();
      if (closed) throw closedError();
    }

    send<Args extends AnyArgs, Answer>(
      broker: BrokerAddress,
      api: ApiVersions<Args, Answer>,
      args: ArgsFor<Args>,
    ): Promise<Answer> {
      return this.withLink(broker, async link => {
        const chosen = await this.choose(link, api);
        this.count();
        try {
          return await chosen.async(link.connection, ...args(chosen.version));
        } catch (error) {
          if (isPartial<Answer>(error)) return error.response;
          throw error;
        }
      });
    }

    async sendToAny<Args extends AnyArgs, Answer>(
      api: ApiVersions<Args, Answer>,
      args: ArgsFor<Args>,
    ): Promise<Answer> {
      let failure: KafkaClusterError | undefined;
      for (const address of candidates()) {
        try {
          const answer = await this.send(address, api, args);
          lastGood = keyOf(address);
          return answer;
        } catch (error) {
          if (!(error instanceof KafkaClusterError)) throw error;
          failure = error;
          if (!down.has(error.code)) throw error;
        }
      }
      throw failure ?? closedError();
    }

    versionOf<Args extends AnyArgs, Answer>(
      broker: BrokerAddress,
      api: ApiVersions<Args, Answer>,
    ): Promise<number> {
      return this.withLink(
        broker,
        async link => (await this.choose(link, api)).version,
      );
    }

    private async choose<Args extends AnyArgs, Answer>(
      link: KnownLink,
      api: ApiVersions<Args, Answer>,
    ) {
      const limit = newestVersion?.(api.versions[0].key);
      return chooseVersion(api, await link.ready, limit);
    }

    private async withLink<T>(
      address: BrokerAddress,
      act: (link: KnownLink) => Promise<T>,
    ): Promise<T> {
      const key = keyOf(address);
      for (;;) {
        this.throwIfOver();
        const known = this.failures.get(key);
        if (known) throw known;
        const link = linkTo(address, this);
        try {
          return await abortable(act(link), this.signal);
        } catch (error) {
          this.throwIfOver();
          const failure =
            this.failures.get(key) ?? toClusterError(error, address);
          if (!down.has(failure.code)) throw failure;
          const wasOpen = link.openedBy !== this;
          if (links.get(key) === link) links.delete(key);
          link.destroy();
          // It broke after an earlier visit, for instance in a restart: one more try.
          if (wasOpen && failure.code === problemCodes.unreachable) continue;
          this.failures.set(key, failure);
          throw failure;
        }
      }
    }
  }

  /** The last one to answer comes first, so that a dead one does not delay every request. */
  function candidates(): BrokerAddress[] {
    const all = new Map(
      [...seeds, ...learnt].map(address => [keyOf(address), address]),
    );
    const first = lastGood === undefined ? undefined : all.get(lastGood);
    return first ? [...new Set([first, ...all.values()])] : [...all.values()];
  }

  return {
    visit: signal => new Visit(signal),
    learn(addresses) {
      learnt = [...addresses];
    },
    requestCount: () => total,
    async close() {
      closed = true;
      const open = [...links.values()];
      links.clear();
      for (const link of open) link.destroy();
      await Promise.allSettled(open.map(link => link.ready));
    },
  };
}

/** A response with failed parts is thrown as an error that holds it; each part has its error number. */
function isPartial<Answer>(
  error: unknown,
): error is Error & { response: Answer } {
  return (
    error instanceof Error &&
    'response' in error &&
    typeof error.response === 'object' &&
    error.response !== null
  );
}

function toClusterError(
  error: unknown,
  address: BrokerAddress,
): KafkaClusterError {
  if (error instanceof KafkaClusterError) return error;
  return new KafkaClusterError(problemOfFailure(error, nameOf(address)), {
    cause: error,
  });
}

/** How sentences name a broker. */
export function nameOf(address: BrokerAddress): string {
  return address.nodeId === undefined
    ? `Kafka broker ${keyOf(address)}`
    : `Kafka broker ${address.nodeId} (${keyOf(address)})`;
}

function keyOf({ host, port }: BrokerAddress): string {
  return `${host}:${port}`;
}

function closedError(): KafkaClusterError {
  return new KafkaClusterError({
    code: problemCodes.closed,
    message: 'The connection to this Kafka cluster is closed.',
  });
}

function parseAddress(text: string): BrokerAddress {
  const cut = text.lastIndexOf(':');
  const port = Number(text.slice(cut + 1));
  if (cut < 1 || !Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(
      `"${text}" is not the address of a Kafka broker: write it as host:port.`,
    );
  // The brackets of an IPv6 address only separate it from its port.
  return { host: text.slice(0, cut).replace(/^\[|\]$/g, ''), port };
}

async function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return promise;
  let onAbort: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
