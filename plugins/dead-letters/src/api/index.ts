export { deadLettersApiRef } from './DeadLettersApi';
export type {
  DeadLettersApi,
  LettersQuestion,
  TopicRef,
} from './DeadLettersApi';
export { DeadLettersClient } from './DeadLettersClient';
export { useDeadLetters, useRedrivesRefresh } from './useDeadLetters';
