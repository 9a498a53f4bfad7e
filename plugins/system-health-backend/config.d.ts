export interface Config {
  /** What the system-health plugin watches. */
  systemHealth?: {
    /** Time between two probes of a target that does not say, default 5000. */
    intervalMs?: number;
    /** How long a probe may take when its target does not say, default 2000. */
    timeoutMs?: number;
    /** Shown in this order among targets of equal health. */
    targets?: Array<{
      /** Unique name. Needed without `entityRef`; with it, the entity's name is the default. */
      name?: string;
      /** The catalog entity the target belongs to, such as `component:default/my-service`. */
      entityRef?: string;
      /** What pages call it; the name when absent. */
      title?: string;
      /** How to ask it: exactly one of `http` and `tcp`. */
      probe: {
        /**
         * URL to GET. Any 2xx answer means ok. Of a JSON body with
         * `dependencies: {<name>: {ok, detail?}}` each dependency is shown.
         */
        http?: string;
        /** `host:port` to connect to. A connection means ok. */
        tcp?: string;
      };
      /** `false` leaves it out, for what does not run everywhere. Default true. */
      enabled?: boolean | string;
      /** Overrides the common interval. */
      intervalMs?: number;
      /** Overrides the common timeout. */
      timeoutMs?: number;
    }>;
  };
}
