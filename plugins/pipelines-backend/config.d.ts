export interface Config {
  /** The paths of data that entity pages show, hop by hop. */
  pipelines?: {
    /** MQTT brokers at the start of pipelines. */
    mqttBrokers?: Array<{
      name: string;
      /** Such as `mqtt://broker:1883`. */
      url: string;
      /** The user only needs to subscribe. */
      username?: string;
      /** @visibility secret */
      password?: string;
    }>;
    /** PostgreSQL databases at the end of pipelines. */
    databases?: Array<{
      name: string;
      host: string;
      port?: number | string;
      database: string;
      /** The user only needs SELECT. */
      user: string;
      /** @visibility secret */
      password: string;
    }>;
    list?: Array<{
      /** Its name in the annotation `homelab/pipelines` of an entity. */
      name: string;
      title?: string;
      /** The time within which data is expected at every hop. Default 120. */
      expectedIntervalSeconds?: number;
      /** In the direction of the data. */
      hops: Array<{
        kind:
          'device' | 'mqtt-topic' | 'kafka-topic' | 'consumer-group' | 'table';
        title?: string;
        /** Of a device or an MQTT topic: one of `mqttBrokers`, and what to subscribe to. */
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
        /** When a row was written; by default the time of the row. */
        storedAtColumn?: string;
      }>;
    }>;
  };
}
