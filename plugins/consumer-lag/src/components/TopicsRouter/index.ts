export { TopicsRouter } from './TopicsRouter';
