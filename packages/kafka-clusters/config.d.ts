export interface Config {
  /** The Kafka clusters of the portal; the community's Kafka plugin has them here too. */
  kafka?: {
    /** Identifies the portal in the brokers' logs, default `backstage`. */
    clientId?: string;
    clusters?: Array<{
      /** Names it in annotations and URLs. */
      name: string;
      /** Shown on pages; the name when absent. */
      title?: string;
      /** Another tool for this cluster, linked from its groups: http, https, or a path. */
      dashboardUrl?: string;
      /** `host:port`, as a list or comma-separated. */
      brokers: string | string[];
      /** `true` for TLS with the system's certificates, or your own in PEM. */
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
      /** Longest wait for a broker's response, default 10000. */
      requestTimeoutMs?: number;
    }>;
  };
}
