/**
 * What the headers of somebody's dead letters are called. Of each list the first one that a
 * letter has counts.
 */
export interface LetterFormat {
  readonly headers: {
    /** Why it failed, in a word. */
    readonly code: readonly string[];
    /** Who gave up. */
    readonly stage: readonly string[];
    /** Why it failed, in a sentence. */
    readonly message: readonly string[];
    /** Where it came from, mostly the name of a Kafka topic. */
    readonly origin: readonly string[];
    /** When it failed last: ISO 8601, or milliseconds since 1970. */
    readonly failedAt: readonly string[];
    /** How often it was redriven before. */
    readonly redriveCount: readonly string[];
  };
  /** The codes there are; any text is one when absent. */
  readonly codes?: readonly string[];
  /** Headers about the failure, which a redriven record does not keep; `*` at the end stands for any rest. */
  readonly failureHeaders: readonly string[];
  /** The header that counts the redrives of a record. */
  readonly redriveCountHeader: string;
  /** Where letters without an origin come from, by dead-letter topic. */
  readonly originOf?: Readonly<Record<string, string>>;
}

const redriveCountHeader = 'dlq-redrive-count';

/**
 * The headers that Kafka Connect, Spring Kafka, Kafka Streams, SmallRye and plain `dlq-`
 * producers write.
 */
export const commonLetterFormat: LetterFormat = {
  headers: {
    code: [
      'dlq-code',
      '__connect.errors.exception.class.name',
      // What Spring's own wrapper holds.
      'kafka_dlt-exception-cause-fqcn',
      'kafka_dlt-exception-fqcn',
      '__streams.errors.exception',
      'dead-letter-cause-class-name',
      'dead-letter-exception-class-name',
    ],
    stage: [
      'dlq-stage',
      '__connect.errors.stage',
      'kafka_dlt-original-consumer-group',
    ],
    message: [
      'dlq-message',
      '__connect.errors.exception.message',
      'kafka_dlt-exception-message',
      '__streams.errors.message',
      'dead-letter-reason',
    ],
    origin: [
      'dlq-origin-topic',
      '__connect.errors.topic',
      'kafka_dlt-original-topic',
      '__streams.errors.topic',
      'dead-letter-topic',
    ],
    failedAt: ['dlq-last-failed-at', 'dlq-failed-at'],
    redriveCount: [redriveCountHeader],
  },
  failureHeaders: [
    'dlq-*',
    '__connect.errors.*',
    'kafka_dlt-*',
    '__streams.errors.*',
    'dead-letter-*',
  ],
  redriveCountHeader,
};

/** Tells whether a name is one of these; `*` in them stands for any text. */
export function isOneOf(name: string, patterns: readonly string[]): boolean {
  return patterns.some(pattern => {
    if (!pattern.includes('*')) return pattern === name;
    const [first = '', ...rest] = pattern.split('*');
    const last = rest.pop() ?? '';
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  });
}
