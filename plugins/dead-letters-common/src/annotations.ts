/**
 * Names the dead-letter topics of an entity, separated by commas: `cluster/topic`, or a topic
 * alone, which means that topic in every cluster.
 */
export const deadLetterTopicsAnnotation = 'homelab/dead-letter-topics';
