/** What the page may read from the API: the routes that its views use, in Fastify's notation. */
export const apiPaths = [
  '/api/v1/devices',
  '/api/v1/devices/:stream/:deviceId/latest',
  '/api/v1/devices/:stream/:deviceId/series',
  '/api/v1/energy/latest',
  '/api/v1/energy/hourly',
  '/api/v1/energy/daily',
  '/api/v1/energy/comparison',
  '/api/v1/energy/cost',
  '/api/v1/energy/prices',
  '/api/v1/heatpump/latest',
  '/api/v1/heatpump/:deviceId/summary',
  '/api/v1/heatpump/:deviceId/events',
  '/api/v1/heatpump/:deviceId/runs',
  '/api/v1/heatpump/:deviceId/daily',
  '/api/v1/heatpump/:deviceId/settings',
  '/api/v1/heatpump/:deviceId/settings/:setting/preview',
  '/api/v1/heatpump/:deviceId/commands',
  '/api/v1/temperature/latest',
] as const;

/** What the page may ask the API to do. */
export const commandPaths = [
  '/api/v1/heatpump/:deviceId/commands',
  '/api/v1/heatpump/:deviceId/commands/:commandId/undo',
] as const;
