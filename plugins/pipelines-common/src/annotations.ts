/** Names the pipelines that the page of an entity shows, separated by commas. */
export const pipelinesAnnotation = 'homelab/pipelines';
