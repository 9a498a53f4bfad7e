/**
 * Set to `true` on an entity whose page shows the health card. It must also be a target
 * in the configuration, which the browser does not know.
 */
export const systemHealthAnnotation = 'system-health/watched';
