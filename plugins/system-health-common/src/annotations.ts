/**
 * Set to `true` on an entity to show the health card on its page. The entity must also be a
 * configured target; the browser does not know the configuration.
 */
export const systemHealthAnnotation = 'system-health/watched';
