export { ClusterNotices } from './ClusterNotices';
export { ClusterPicker } from './ClusterPicker';
