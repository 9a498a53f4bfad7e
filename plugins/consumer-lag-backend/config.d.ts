export interface Config {
  /** What the consumer lag plugin watches and allows. */
  consumerLag?: {
    /** Time between two polls of a cluster, default 15. */
    pollIntervalSeconds?: number;
    groups?: {
      /** Groups that are left out; `*` stands for any text. */
      exclude?: string[];
    };
    /** What people may do beyond looking; it needs its permission as well. Off by default. */
    actions?: {
      /** Move the committed offsets of groups without members. */
      reset?: { enabled?: boolean | string };
    };
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
