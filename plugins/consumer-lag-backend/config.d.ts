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
  };
}
