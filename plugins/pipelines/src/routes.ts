import { createExternalRouteRef } from '@backstage/frontend-plugin-api';

/** The page of a consumer group, if the portal has one. */
export const groupRouteRef = createExternalRouteRef({
  params: ['cluster', 'groupId'],
  defaultTarget: 'consumer-lag.group',
});

/** The page of a Kafka topic, if the portal has one. */
export const topicRouteRef = createExternalRouteRef({
  params: ['cluster', 'topic'],
  defaultTarget: 'consumer-lag.topic',
});
