export { ApiHistorySource } from './ApiHistorySource';
