export { ConnectionNotice } from './ConnectionNotice';
