export interface Config {
  /** The targets that the system-health plugin monitors. */
  systemHealth?: {
    /** Time between two probes, unless the target overrides it; default 5000. */
    intervalMs?: number;
    /** Timeout of a probe, unless the target overrides it; default 2000. */
    timeoutMs?: number;
    /** Targets of equal health are shown in this order. */
    targets?: Array<{
      /** Unique name. Needed without `entityRef`; with it, the entity's name is the default. */
      name?: string;
      /** The catalog entity the target belongs to, such as `component:default/my-service`. */
      entityRef?: string;
      /** Display name. Default: the name. */
      title?: string;
      /** How to probe it: exactly one of `http` and `tcp`. */
      probe: {
        /**
         * URL to GET. Any 2xx answer means OK. If the body is JSON with
         * `dependencies: {<name>: {ok, detail?}}`, each dependency is shown.
         */
        http?: string;
        /** `host:port` to connect to. A connection means OK. */
        tcp?: string;
      };
      /** `false` omits a target that does not run everywhere. Default true. */
      enabled?: boolean | string;
      /** Overrides the common interval. */
      intervalMs?: number;
      /** Overrides the common timeout. */
      timeoutMs?: number;
    }>;
  };
}
