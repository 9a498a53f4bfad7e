export { GroupPage } from './GroupPage';
export { HistoryPanel } from './HistoryPanel';
