interface DeadLetters {
  /**
   * Names of dead-letter topics; `*` stands for the topic whose letters they hold. Default
   * `*.dlq`, `*-dlq`, `*.dlt`, `*-dlt`, `*.DLT`.
   */
  topics?: string[];
  /**
   * Headers that say something of the failure, before those that Kafka Connect, Spring Kafka,
   * Kafka Streams and SmallRye write; the first that a letter has counts.
   */
  headers?: {
    code?: string[];
    stage?: string[];
    message?: string[];
    origin?: string[];
    failedAt?: string[];
    redriveCount?: string[];
  };
  /** The codes there are, when they are a closed set. */
  codes?: string[];
  /** Codes in words, as pages show them: `payload_not_json: the message is not JSON`. */
  reasons?: { [code: string]: string };
  /** Further headers that a redriven record does not keep, with `*` at the end. */
  failureHeaders?: string[];
  /** The header that counts redrives, default `dlq-redrive-count`. */
  redriveCountHeader?: string;
  /** By dead-letter topic, with one `*`: where letters come from that do not say so. */
  origins?: { [deadLetterTopic: string]: string };
  /** By origin: the Kafka topic its letters go to, when that has another name. */
  targets?: { [origin: string]: string };
  /** Kafka topics that a redrive may write to, with `*`. Default none. */
  writableTopics?: string[];
  /** Which letter was redriven when; compacted. Default `consumer-lag.redrives`. */
  ledgerTopic?: string;
  /** Creates the ledger topic when it is missing. Default true. */
  createLedger?: boolean;
  /** Default `<clientId>-redrive`; all that redrive the same topics must use the same. */
  transactionalId?: string;
  /** Letters of a topic that are looked at for its summary, default 10000. */
  maxExamined?: number;
  /** For so long a summary is shown before Kafka is asked again, default 15000. */
  refreshIntervalMs?: number;
}

export interface Config {
  /** Whose dead letters they are, and what people may do with them. */
  deadLetters?: DeadLetters & {
    /** What people may do beyond counting; each needs its permission as well. All off by default. */
    actions?: {
      /** Read what is in dead letters. */
      peek?: { enabled?: boolean | string };
      /** Send dead letters again. */
      redrive?: {
        enabled?: boolean | string;
        /** Letters a second when a request does not say, default 50. */
        defaultRatePerSecond?: number;
        /** The most that a request may ask for, default 1000. */
        maxRatePerSecond?: number;
      };
    };
    /** What nobody sees of dead letters. */
    mask?: {
      /**
       * Fields of JSON: a name (`email`), the end of a path (`customer.email`), or with `$.` a
       * whole path; `*` stands for any text of one name. Lists are passed through.
       */
      fields?: string[];
      /** Headers by name, with `*`. */
      headers?: string[];
      /** Hides keys. Default false. */
      keys?: boolean;
      /** Hides values that are no JSON object or list. Default true where `fields` are masked. */
      unparsed?: boolean;
    };
  };
  kafka?: {
    clusters?: Array<{
      /** What differs in this cluster from the common `deadLetters`. */
      deadLetters?: DeadLetters;
    }>;
  };
}
