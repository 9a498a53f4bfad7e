/**
 * The header names of a producer's dead letters. In each list, the first header present
 * counts.
 */
export interface LetterFormat {
  readonly headers: {
    /** Why it failed, in a word. */
    readonly code: readonly string[];
    /** Who gave up. */
    readonly stage: readonly string[];
    /** Why it failed, in a sentence. */
    readonly message: readonly string[];
    /** Where it came from, usually a Kafka topic. */
    readonly origin: readonly string[];
    /** When it last failed: ISO 8601 or Unix time in milliseconds. */
    readonly failedAt: readonly string[];
    /** The redrive count. */
    readonly redriveCount: readonly string[];
  };
  /** The known codes; when absent, any text is one. */
  readonly codes?: readonly string[];
  /** Headers about the failure, removed on redrive; a trailing `*` matches any suffix. */
  readonly failureHeaders: readonly string[];
  /** The header that counts the redrives of a record. */
  readonly redriveCountHeader: string;
  /** The origin of letters that do not name one, by dead-letter topic. */
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
