export { deadLettersPlugin as default } from './plugin';
