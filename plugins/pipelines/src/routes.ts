import { createExternalRouteRef } from '@backstage/frontend-plugin-api';

/** A consumer group, where the portal has such a page. */
export const groupRouteRef = createExternalRouteRef({
  params: ['cluster', 'groupId'],
  defaultTarget: 'consumer-lag.group',
});

/** A Kafka topic, where the portal has such a page. */
export const topicRouteRef = createExternalRouteRef({
  params: ['cluster', 'topic'],
  defaultTarget: 'consumer-lag.topic',
});
