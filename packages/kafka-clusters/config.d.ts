export interface Config {
  /** The Kafka clusters of the portal; the community's Kafka plugin has them here too. */
  kafka?: {
    /** How Kafka's logs call the portal, default `backstage`. */
    clientId?: string;
    clusters?: Array<{
      /** As annotations and addresses name it. */
      name: string;
      /** What pages call it; the name when absent. */
      title?: string;
      /** Another tool for this cluster, linked from its groups: http, https, or a path. */
      dashboardUrl?: string;
      /** `host:port`, as a list or separated by commas. */
      brokers: string | string[];
      /** `true` for TLS with the system's certificates, or own ones in PEM. */
      ssl?:
        | boolean
        | string
        | {
            ca?: string;
            cert?: string;
            /** @visibility secret */
            key?: string;
            rejectUnauthorized?: boolean;
          };
      sasl?: {
        mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
        username: string;
        /** @visibility secret */
        password: string;
      };
      /** Longest wait for one answer of a broker, default 10000. */
      requestTimeoutMs?: number;
    }>;
  };
}
