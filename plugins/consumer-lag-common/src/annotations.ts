/**
 * Lists the consumer groups of an entity as `cluster/group`, separated by commas; a group
 * without a cluster means that group in every cluster. `*` matches any text.
 */
export const consumerGroupsAnnotation = 'kafka.apache.org/consumer-groups';
