export interface Config {
  /** The live heat pump view: where readings come from and when they are stale. */
  heatPump: {
    /** The Homelab API, for stored readings; the live server takes the same token. */
    api: {
      /** Where it listens, such as `http://127.0.0.1:7008`. */
      baseUrl: string;
      /**
       * A token with the scope `readings:read`.
       * @visibility secret
       */
      token: string;
    };
    /** IANA time zone of the house. Default: that of the server. */
    siteTimeZone?: string;
    /**
     * Age in seconds from which a reading is no longer fresh, per stream. Default: three
     * times the usual interval of the device; 2.5 hours for sleeping room sensors.
     */
    staleAfterSeconds?: {
      energy?: number | string;
      heatpump?: number | string;
      temperature?: number | string;
    };
    house?: {
      /** The electricity meter of the house. Needed only when there is more than one. */
      meterDeviceId?: string;
    };
    settings?: {
      /**
       * Lets people with the permission `heat-pump.settings.write` change settings; the token above
       * then needs the scope `settings:write` too. Default false.
       */
      enabled?: boolean | string;
    };
    live?: {
      /** Where the live server listens. Default `ws://127.0.0.1:7009/api/v1/live`. */
      url?: string;
      /** Browsers that may follow live readings at the same time. Default 100. */
      maxClients?: number | string;
    };
  };
}
