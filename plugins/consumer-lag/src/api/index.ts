export { consumerLagApiRef } from './ConsumerLagApi';
export type { ConsumerLagApi, EntityName, GroupRef } from './ConsumerLagApi';
export { ConsumerLagClient } from './ConsumerLagClient';
export { useGroupRefresh, useLag, useSlowLag } from './useLag';
