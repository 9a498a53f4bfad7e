import { buildOpenApi as build } from '@homelab/portal-node';
import { components } from './components';
import { operations } from './operations';

/** The OpenAPI document of the routes. */
export const buildOpenApi = () =>
  build({
    pluginId: 'consumer-lag',
    title: 'Consumer lag',
    description: 'The lag of Kafka consumer groups, and moving their offsets.',
    components,
    operations,
  });
