export { ClusterNotices } from './ClusterNotices';
export { ClustersHead } from './ClustersHead';
