export { LiveSystemHealthPage, SystemHealthPage } from './SystemHealthPage';
