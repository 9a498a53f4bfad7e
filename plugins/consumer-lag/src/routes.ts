import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

export const rootRouteRef = createRouteRef();

/** The page of one group. */
export const groupRouteRef = createSubRouteRef({
  path: '/groups/:cluster/:groupId',
  parent: rootRouteRef,
});

/** The list of Kafka topics. */
export const topicsRouteRef = createSubRouteRef({
  path: '/topics',
  parent: rootRouteRef,
});

/** The page of one Kafka topic. */
export const topicRouteRef = createSubRouteRef({
  path: '/topics/:cluster/:topic',
  parent: rootRouteRef,
});

/** The page of a dead-letter topic, in portals that have one. */
export const lettersRouteRef = createExternalRouteRef({
  params: ['cluster', 'topic'],
  defaultTarget: 'dead-letters.letters',
});
