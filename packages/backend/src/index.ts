import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { requireKnownHost } from './requireKnownHost';

const backend = createBackend();

backend.add(
  rootHttpRouterServiceFactory({
    configure({ app, config, applyDefaults }) {
      app.use(requireKnownHost(config));
      applyDefaults();
    },
  }),
);

backend.add(import('@backstage/plugin-app-backend'));

// Sign-in: everyone who can reach the portal is the guest (see app-config.yaml).
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

// Every signed-in user may do everything. A portal that listens beyond loopback needs another
// sign-in provider and its own policy.
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));

backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

// Notifications reach open pages through signals. With several replicas this requires the event
// bus: see events.useEventBus.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

// Offers the actions that plugins registered to assistants, at /api/mcp-actions/v1.
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('@homelab/plugin-consumer-lag-backend'));
backend.add(import('@homelab/plugin-dead-letters-backend'));
backend.add(import('@homelab/plugin-pipelines-backend'));
backend.add(import('@homelab/plugin-heat-pump-backend'));
backend.add(import('@homelab/plugin-system-health-backend'));
backend.add(import('@homelab/plugin-timescale-explorer-backend'));

backend.start();
