export { DeadLettersRouter } from './DeadLettersRouter';
