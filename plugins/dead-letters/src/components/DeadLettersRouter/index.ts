export { DeadLettersRouter } from './DeadLettersRouter';
export { OldAddress } from './OldAddress';
