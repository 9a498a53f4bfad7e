import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** The list of dead-letter topics. */
export const rootRouteRef = createRouteRef();

/** The letters of one dead-letter topic. */
export const lettersRouteRef = createSubRouteRef({
  path: '/:cluster/:topic',
  parent: rootRouteRef,
});

/** A Kafka topic with its partitions and readers, where the portal has such a page. */
export const topicRouteRef = createExternalRouteRef({
  params: ['cluster', 'topic'],
  defaultTarget: 'consumer-lag.topic',
});
