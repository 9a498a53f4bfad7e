export interface Config {
  /** Ways of data that pages of entities show, hop by hop. */
  pipelines?: {
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
    list?: Array<{
      /** What the annotation `homelab/pipelines` of an entity calls it. */
      name: string;
      title?: string;
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
        /** Of a Kafka topic or a consumer group: one of `kafka.clusters`. */
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
