import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { systemHealthAnnotation } from '@homelab/plugin-system-health-common';
import HealthIcon from '@mui/icons-material/MonitorHeartOutlined';
import { SystemHealthClient, systemHealthApiRef } from './api';
import { rootRouteRef } from './routes';

const clientApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: systemHealthApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: deps => new SystemHealthClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/system-health',
    title: 'System health',
    icon: <HealthIcon />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/SystemHealthPage').then(
        ({ LiveSystemHealthPage }) => <LiveSystemHealthPage />,
      ),
  },
});

/** Renders a widget without the stock card. */
const bare = {
  Renderer: ({ Content }: { Content: () => JSX.Element }) => <Content />,
};

const summaryWidget = HomePageWidgetBlueprint.make({
  name: 'summary',
  params: {
    name: 'SystemHealthSummary',
    description: 'One sentence: is everything running?',
    componentProps: bare,
    components: () =>
      import('./components/HealthSummary').then(module => ({
        Content: module.LiveHealthSummary,
      })),
  },
});

const targetsWidget = HomePageWidgetBlueprint.make({
  name: 'targets',
  params: {
    name: 'SystemHealthTargets',
    description: 'All targets, worst first',
    componentProps: bare,
    components: () =>
      import('./components/TargetsWidget').then(module => ({
        Content: module.LiveTargetsWidget,
      })),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: {
      [`metadata.annotations.${systemHealthAnnotation}`]: 'true',
    },
    loader: () =>
      import('./components/EntityHealthCard').then(
        ({ LiveEntityHealthCard }) => <LiveEntityHealthCard />,
      ),
  },
});

/** The health of all targets: page, home page widgets and entity card. */
export const systemHealthPlugin = createFrontendPlugin({
  pluginId: 'system-health',
  title: 'System health',
  icon: <HealthIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [clientApi, page, summaryWidget, targetsWidget, entityCard],
});
