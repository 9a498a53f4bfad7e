export { ClusterNotices } from './ClusterNotices';
export { ClusterPicker } from './ClusterPicker';
export { ClustersHead } from './ClustersHead';
