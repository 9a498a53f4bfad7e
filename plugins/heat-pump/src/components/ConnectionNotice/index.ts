export { ConnectionNotice, Notice } from './ConnectionNotice';
