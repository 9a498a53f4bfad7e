/**
 * Takes PUBLISH packets off the wire before MQTT.js and writes PUBACKs in batches: the one
 * byte-level part of the bridge. It must frame packets exactly as `mqtt-packet` does, which
 * `split-publishes.test.ts` compares over random packets and cuts. Parsing every packet with
 * MQTT.js costs the bridge about half of its throughput (decision 14, Performance).
 */
export { openPublishTakingStream } from './publish-taking-stream.ts';
export type { PublishTakingStream } from './publish-taking-stream.ts';
export { pubacks } from './pubacks.ts';
export { createPublishSplitter } from './split-publishes.ts';
export type { PublishPacket } from './split-publishes.ts';
