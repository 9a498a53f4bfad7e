// What idle-polling.ts touches inside kafkajs 2.2.4; the package has no types for it.
declare module '@homelab/kafkajs/src/network/requestQueue/index.js' {
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

// What fetched-records.ts replaces inside kafkajs 2.2.4: the decoding of Fetch responses.
declare module '@homelab/kafkajs/src/protocol/requests/fetch/v11/response.js' {
  const response: { decode: (rawData: Buffer) => Promise<unknown> };
  export default response;
}

// How kafkajs itself writes batches, for the test of that decoder.
declare module '@homelab/kafkajs/src/protocol/recordBatch/v0/index.js' {
  const recordBatch: {
    RecordBatch(options: object): Promise<{ readonly buffer: Buffer }>;
  };
  export default recordBatch;
}
declare module '@homelab/kafkajs/src/protocol/recordBatch/record/v0/index.js' {
  export default function record(options: object): object;
}

// What kafkajs turns one partition of a Fetch response into before delivering it.
declare module '@homelab/kafkajs/src/consumer/batch.js' {
  export default class Batch {
    constructor(topic: string, fetchedOffset: string, partition: unknown);
    readonly messages: readonly {
      readonly offset: string;
      readonly value: Buffer | null;
    }[];
  }
}

// The host's own copy, which own-kafkajs.test.ts compares.
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export { default } from '@homelab/kafkajs/src/network/requestQueue/index.js';
}
declare module 'kafkajs/src/protocol/requests/fetch/v11/response.js' {
  export { default } from '@homelab/kafkajs/src/protocol/requests/fetch/v11/response.js';
}
