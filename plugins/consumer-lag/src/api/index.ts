export { consumerLagApiRef } from './ConsumerLagApi';
export type {
  ConsumerLagApi,
  EntityName,
  GroupRef,
  LettersQuestion,
  TopicRef,
} from './ConsumerLagApi';
export { ConsumerLagClient } from './ConsumerLagClient';
export { createLagStores, lagStoresRef } from './LagStores';
export { useLag, useSlowLag } from './useLag';
