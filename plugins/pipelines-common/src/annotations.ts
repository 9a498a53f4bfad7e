/** Names the pipelines on the page of an entity, separated by commas. */
export const pipelinesAnnotation = 'homelab/pipelines';
