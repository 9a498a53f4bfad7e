export { ApiHistorySource } from './ApiHistorySource';
export { asBackstageError } from './asBackstageError';
