export { TopicChoice } from './TopicChoice';
