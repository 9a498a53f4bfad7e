export { describeTopic } from './describeTopics';
export { retentionWords } from './retentionWords';
export { TopicsPage } from './TopicsPage';
