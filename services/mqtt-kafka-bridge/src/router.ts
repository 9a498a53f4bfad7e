import type { Stream } from '@homelab/telemetry';
import { createBoundedMap } from './bounded-map.ts';
import type {
  Dialect,
  Lifetimes,
  SettingsValues,
} from './dialects/define-dialect.ts';
import { dialectOf, dialects } from './dialects/index.ts';
import type { Adapter, IgnoredReason } from './observation.ts';
import type { SiteClock } from './payload/read-time.ts';

/** How an MQTT topic is read. */
export interface DialectRoute {
  readonly dialect: Dialect;
  readonly adapter: Adapter;
  /** The stream whose dead-letter topic its unreadable messages go to, if known. */
  readonly stream: Stream | null;
  /** Set when the adapter's observations go to the state assembler. */
  readonly lifetimes?: Lifetimes;
  /** Set when nothing on the MQTT topic is read. */
  readonly unread: IgnoredReason | undefined;
}

/** Finds the route of an MQTT topic; `undefined` when no dialect reads it. */
export type Router = (mqttTopic: string) => DialectRoute | undefined;

/** Room for 10,000 usual MQTT topics; a client may publish to new ones endlessly. */
const maxRememberedBytes = 4 * 1024 * 1024;
/** Approximate cost of a route. */
const routeBytes = 80;

/** Creates the router over all dialects; it remembers the MQTT topics it has seen. */
export function createRouter(deps: {
  readonly settings: SettingsValues;
  readonly clock: SiteClock;
}): Router {
  const adapters = new Map(
    dialects.map(dialect => [
      dialect,
      dialect.createAdapter(deps.settings, deps.clock),
    ]),
  );
  const remembered = createBoundedMap<DialectRoute | undefined>({
    maxBytes: maxRememberedBytes,
    valueBytes: routeBytes,
  });

  function routeOf(mqttTopic: string): DialectRoute | undefined {
    const dialect = dialectOf(mqttTopic);
    const adapter = dialect && adapters.get(dialect);
    return (
      adapter && {
        dialect,
        adapter,
        stream: dialect.streamOf(mqttTopic) ?? null,
        ...(dialect.delivery === 'states' && {
          lifetimes: dialect.lifetimes(deps.settings),
        }),
        unread: dialect.unreadTopic(mqttTopic),
      }
    );
  }

  return mqttTopic => {
    const known = remembered.get(mqttTopic);
    if (known !== undefined || remembered.has(mqttTopic)) return known;
    const route = routeOf(mqttTopic);
    remembered.set(mqttTopic, route);
    return route;
  };
}
