export { TypedConfirmation } from './TypedConfirmation';
