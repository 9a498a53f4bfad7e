export { LiveClients } from './LiveClients';
