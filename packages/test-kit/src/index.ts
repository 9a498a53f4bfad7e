export { fileScope } from './test-scope.ts';
export type { TestScope } from './test-scope.ts';
export { testServers } from './test-servers.ts';
export type { MqttUser, PostgresRole, TestServers } from './test-servers.ts';
export {
  createTestAdmin,
  createTestKafka,
  createTestProducer,
  createTestTopics,
  readTopic,
} from './kafka.ts';
export { startKafkaCluster } from './kafka-cluster.ts';
export type { TestBroker, TestKafkaCluster } from './kafka-cluster.ts';
export type { ReadRecord } from '@homelab/kafka';
export { connectMqtt } from './mqtt.ts';
export { createCommunityDatabase } from './community-database.ts';
export { createTestDatabase } from './postgres.ts';
export type { TestDatabase } from './postgres.ts';
export { createCuttingProxy } from './cutting-proxy.ts';
export type { CuttingProxy } from './cutting-proxy.ts';
export { createMemoryLog } from './memory-log.ts';
export type { LogLine } from './memory-log.ts';
export { eventually } from './eventually.ts';
export { seededRandom } from './seeded-random.ts';
export type { SeededRandom } from './seeded-random.ts';
export { uniqueName } from './unique-name.ts';
