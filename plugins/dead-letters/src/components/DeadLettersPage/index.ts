export { DeadLettersPage } from './DeadLettersPage';
export { PartialWords } from './LetterTopicPanel';
