/**
 * Names the consumer groups of an entity, separated by commas: `cluster/group`, or a group
 * alone, which means that group in every cluster. `*` stands for any text.
 */
export const consumerGroupsAnnotation = 'kafka.apache.org/consumer-groups';
