export { consumerLagApiRef } from './ConsumerLagApi';
export type { ConsumerLagApi, EntityName, GroupRef } from './ConsumerLagApi';
export { ConsumerLagClient } from './ConsumerLagClient';
export { createLagStores, lagStoresRef } from './LagStores';
export { useLag, useSlowLag } from './useLag';
