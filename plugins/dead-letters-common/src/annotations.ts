/**
 * Lists the dead-letter topics of an entity as `cluster/topic`, separated by commas; a topic
 * without a cluster means that topic in every cluster.
 */
export const deadLetterTopicsAnnotation = 'homelab/dead-letter-topics';
