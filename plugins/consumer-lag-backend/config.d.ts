export interface Config {
  /** Settings of the consumer lag plugin. */
  consumerLag?: {
    /** Interval between polls of a cluster. Default 15. */
    pollIntervalSeconds?: number;
    groups?: {
      /** Groups to ignore; `*` matches any text. */
      exclude?: string[];
    };
    /** What users may do beyond reading; also needs its permission. Off by default. */
    actions?: {
      /** Move the committed offsets of groups without members. */
      reset?: { enabled?: boolean | string };
    };
    judgement?: {
      /** Polls needed to judge a group. Default 10. */
      minSamples?: number;
      /** Unread records that count as caught up. Default 0. */
      allowedLag?: number;
    };
    /** Notifications to the owners of the entities that name a group. */
    alerts?: {
      /** Default true. */
      enabled?: boolean | string;
      /** Polls that trouble must last before a notification. Default 4. */
      holdPolls?: number;
      /** Polls that a recovery must last before a notification. Default 8. */
      recoverPolls?: number;
    };
  };
}
