export { consumerLagPlugin as default } from './plugin';
