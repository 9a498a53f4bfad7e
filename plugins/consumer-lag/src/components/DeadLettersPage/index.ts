export { DeadLettersPage } from './DeadLettersPage';
export { describeDeadLetters } from './describeDeadLetters';
export { PartialWords } from './LetterTopicPanel';
export { reasonWords } from './ReasonList';
