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
  kafka?: {
    clusters?: Array<{
      /** What differs here from the common `consumerLag.deadLetters`. */
      deadLetters?: DeadLetters;
    }>;
  };
  /** What the consumer lag plugin watches and allows. */
  consumerLag?: {
    /** Time between two polls of a cluster, default 15. */
    pollIntervalSeconds?: number;
    groups?: {
      /** Groups that are left out; `*` stands for any text. */
      exclude?: string[];
    };
    /** What people may do beyond looking; each needs its permission as well. All off by default. */
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
      /** Move the committed offsets of groups without members. */
      reset?: { enabled?: boolean | string };
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
    /** Whose dead letters they are; a cluster may have a `deadLetters` of its own. */
    deadLetters?: DeadLetters;
    judgement?: {
      /** Polls before a group is judged, default 10. */
      minSamples?: number;
      /** Records that may be unread without any concern, default 0. */
      allowedLag?: number;
    };
    /** Notifications to the owners of the entities that name a group. */
    alerts?: {
      /** Default true. */
      enabled?: boolean | string;
      /** Polls that a trouble must last before it is told, default 4. */
      holdPolls?: number;
      /** Polls that its end must last before it is told, default 8. */
      recoverPolls?: number;
    };
    /** MQTT brokers that pipelines begin at. */
    mqttBrokers?: Array<{
      name: string;
      /** Such as `mqtt://broker:1883`. */
      url: string;
      /** A user that may subscribe is enough. */
      username?: string;
      /** @visibility secret */
      password?: string;
    }>;
    /** PostgreSQL databases that pipelines end at. */
    databases?: Array<{
      name: string;
      host: string;
      port?: number | string;
      database: string;
      /** A user that may select is enough. */
      user: string;
      /** @visibility secret */
      password: string;
    }>;
    /** Ways of data, shown on the pages of entities. */
    pipelines?: Array<{
      name: string;
      title?: string;
      /** Entities that show it, beside those that name one of its groups. */
      entityRefs?: string[];
      /** Within this time something is expected at every hop, default 120. */
      expectedIntervalSeconds?: number;
      /** In the order in which data goes. */
      hops: Array<{
        kind:
          'device' | 'mqtt-topic' | 'kafka-topic' | 'consumer-group' | 'table';
        title?: string;
        /** Of a device or an MQTT topic: one of `mqttBrokers`, and what to listen to. */
        broker?: string;
        topicFilters?: string[];
        /** Of a Kafka topic or a consumer group: one of `clusters`. */
        cluster?: string;
        topic?: string;
        groupId?: string;
        /** Of a table: one of `databases`, `table` or `schema.table`, and its columns. */
        database?: string;
        table?: string;
        timeColumn?: string;
        /** When a row was written; the time of the row when absent. */
        storedAtColumn?: string;
      }>;
    }>;
  };
}
