export { KafkaLiveSource } from './KafkaLiveSource';
