// What idle-polling.ts touches inside kafkajs 2.2.4; the package has no types for it.
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    constructor(options: {
      maxInFlightRequests: number | null;
      requestTimeout: number;
      enforceRequestTimeout: boolean;
      clientId: string;
      broker: string;
      logger: object;
    });
    readonly pending: unknown[];
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
    destroy(): void;
  }
}

// What fetched-records.ts replaces inside kafkajs 2.2.4: how the answer to a read is decoded.
declare module 'kafkajs/src/protocol/requests/fetch/v11/response.js' {
  const response: { decode: (rawData: Buffer) => Promise<unknown> };
  export default response;
}
