export { KafkaLiveSource } from './KafkaLiveSource';
export { sourcedReading } from './readRecord';
