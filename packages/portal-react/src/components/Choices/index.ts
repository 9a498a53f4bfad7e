export { Choices } from './Choices';
