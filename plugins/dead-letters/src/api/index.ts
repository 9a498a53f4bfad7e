export { deadLettersApiRef } from './DeadLettersApi';
export type {
  DeadLettersApi,
  LettersQuestion,
  TopicRef,
} from './DeadLettersApi';
export { DeadLettersClient } from './DeadLettersClient';
export {
  createDeadLettersStores,
  deadLettersStoresRef,
  useDeadLetters,
} from './DeadLettersStores';
