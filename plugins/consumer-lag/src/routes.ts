import {
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

/** The list of dead-letter topics. */
export const deadLettersRouteRef = createSubRouteRef({
  path: '/dead-letters',
  parent: rootRouteRef,
});

/** The letters of one dead-letter topic. */
export const lettersRouteRef = createSubRouteRef({
  path: '/dead-letters/:cluster/:topic',
  parent: rootRouteRef,
});
