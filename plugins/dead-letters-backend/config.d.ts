interface DeadLetters {
  /**
   * Name patterns of dead-letter topics; `*` stands for the topic whose letters they hold.
   * Default `*.dlq`, `*-dlq`, `*.dlt`, `*-dlt`, `*.DLT`.
   */
  topics?: string[];
  /**
   * Headers that describe the failure, tried before those of Kafka Connect, Spring Kafka, Kafka
   * Streams and SmallRye; the first one present in a letter is used.
   */
  headers?: {
    code?: string[];
    stage?: string[];
    message?: string[];
    origin?: string[];
    failedAt?: string[];
    redriveCount?: string[];
  };
  /** All codes, if they are a closed set; any other becomes `unknown`. */
  codes?: string[];
  /** Codes in words, for the pages: `payload_not_json: The message is not JSON`. */
  reasons?: { [code: string]: string };
  /** What the messages of a dead-letter topic are, for the pages: `orders.dlq: Orders`. */
  titles?: { [deadLetterTopic: string]: string };
  /** Further headers to remove from redriven records; may end in `*`. */
  failureHeaders?: string[];
  /** The header that counts redrives, default `dlq-redrive-count`. */
  redriveCountHeader?: string;
  /** By dead-letter topic, with one `*`: the origin of letters without one in their headers. */
  origins?: { [deadLetterTopic: string]: string };
  /** By origin: the Kafka topic that its letters are sent to, if that has another name. */
  targets?: { [origin: string]: string };
  /** Kafka topics that a redrive may write to; may contain `*`. Default none. */
  writableTopics?: string[];
  /** Compacted topic that records which letters were redriven. Default `consumer-lag.redrives`. */
  ledgerTopic?: string;
  /** Creates the ledger topic if it is missing. Default true. */
  createLedger?: boolean;
  /** Everything that redrives the same topics must use the same. Default `<clientId>-redrive`. */
  transactionalId?: string;
  /** How many of a topic's newest letters its summary reads. Default 10000. */
  maxExamined?: number;
  /** How long a summary is served before Kafka is read again. Default 15000. */
  refreshIntervalMs?: number;
}

export interface Config {
  /** Which topics hold dead letters, and what users may do with them. */
  deadLetters?: DeadLetters & {
    /** What users may do beyond counting; each also needs its permission. All off by default. */
    actions?: {
      /** Read the contents of dead letters. */
      peek?: { enabled?: boolean | string };
      /** Send dead letters again. */
      redrive?: {
        enabled?: boolean | string;
        /** Letters per second if a request has no rate. Default 50. */
        defaultRatePerSecond?: number;
        /** The highest rate that a request may have. Default 1000. */
        maxRatePerSecond?: number;
      };
    };
    /** What to hide of dead letters from everyone. */
    mask?: {
      /**
       * JSON fields: a name (`email`), the end of a path (`customer.email`), or a whole path
       * (`$.customer.email`); `*` matches any text within a name. Lists are looked into.
       */
      fields?: string[];
      /** Header names; may contain `*`. */
      headers?: string[];
      /** Hides keys. Default false. */
      keys?: boolean;
      /** Hides values that are not a JSON object or list. Default true if there are `fields`. */
      unparsed?: boolean;
    };
  };
  kafka?: {
    clusters?: Array<{
      /** Overrides the common `deadLetters` in this cluster. */
      deadLetters?: DeadLetters;
    }>;
  };
}
