import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** The list of dead-letter topics. */
export const rootRouteRef = createRouteRef();

/** The messages of one dead-letter topic. */
export const lettersRouteRef = createSubRouteRef({
  path: '/:cluster/:topic',
  parent: rootRouteRef,
});

/** The page of a Kafka topic, in portals that have one. */
export const topicRouteRef = createExternalRouteRef({
  params: ['cluster', 'topic'],
  defaultTarget: 'consumer-lag.topic',
});
