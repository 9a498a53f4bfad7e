import type { Stream } from '@homelab/telemetry';
import type { z } from 'zod';
import type { Adapter, IgnoredReason } from '../observation.ts';
import type { SiteClock } from '../payload/read-time.ts';
import type { GoldenMessage } from './golden-message.ts';

/** Environment variables and how to parse them. */
export type SettingsShape = z.ZodRawShape;

/** Parsed settings by the name of their environment variable. */
export type SettingsValues = Readonly<Record<string, unknown>>;

/** How long a value stays valid when no new one comes. */
export interface Lifetimes {
  readonly defaultMs: number;
  /** Exceptions, by stream and field. */
  readonly byField?: Readonly<
    Partial<Record<Stream, Readonly<Record<string, number>>>>
  >;
}

/** The module of a dialect's golden messages. */
interface GoldenModule {
  readonly messages: readonly GoldenMessage[];
}

interface Declared<Settings> {
  /** One lower-case word: a metric label and the name in the documentation. */
  readonly name: string;
  /** Which devices use this dialect, for the generated tables. */
  readonly description: string;
  /** The MQTT topic filters that select its messages. */
  readonly filters: readonly [string, ...string[]];
  /** The streams it feeds. */
  readonly streams: readonly [Stream, ...Stream[]];
  /**
   * The stream of an MQTT topic, for dead letters; only needed when the dialect feeds
   * several streams and the topic distinguishes them.
   */
  readonly streamOf?: (mqttTopic: string) => Stream | undefined;
  /**
   * Why an MQTT topic that the filters select is never read, whatever its payload;
   * `undefined` for a topic that is read. Called once per topic.
   */
  readonly unreadTopic?: (mqttTopic: string) => IgnoredReason | undefined;
  /** Creates the adapter of its messages; the only place that may hold state. */
  readonly createAdapter: (settings: Settings, clock: SiteClock) => Adapter;
  /** Loads example messages with their expected results; tests only. */
  readonly golden: () => Promise<GoldenModule>;
}

type Delivery<Settings> =
  /** Each message is a whole reading. */
  | { readonly delivery: 'readings' }
  /** Each message is one value; the state assembler makes readings from them. */
  | {
      readonly delivery: 'states';
      readonly lifetimes: (settings: Settings) => Lifetimes;
      /**
       * Makes the fields of a reading, by the names of the stream's measurements, from the
       * last known values, by the adapter's names. Depends on nothing else.
       */
      readonly readingOf: (
        state: ReadonlyMap<string, unknown>,
        settings: Settings,
      ) => Readonly<Record<string, unknown>>;
    };

type Definition<Shape extends SettingsShape> = {
  /** Its own environment variables, named `BRIDGE_<DIALECT>_…`. */
  readonly settings?: Shape;
} & Declared<z.output<z.ZodObject<Shape>>> &
  Delivery<z.output<z.ZodObject<Shape>>>;

/** A dialect with the types of its settings hidden, so that all fit into one list. */
export type Dialect = { readonly settings: SettingsShape } & Required<
  Declared<SettingsValues>
> &
  Delivery<SettingsValues>;

/**
 * Defines how one device format is read. A new format is one file that calls this, its
 * golden messages beside it, and one line in `index.ts`.
 */
export function defineDialect<Shape extends SettingsShape = {}>(
  definition: Definition<Shape>,
): Dialect {
  const { streams } = definition;
  const onlyStream = streams.length === 1 ? streams[0] : undefined;
  // parseConfig parses by `settings`, so the values have the types of the shape.
  return {
    settings: {},
    streamOf: () => onlyStream,
    unreadTopic: () => undefined,
    ...definition,
  } as unknown as Dialect;
}
