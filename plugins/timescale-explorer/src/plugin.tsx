import {
  ApiBlueprint,
  coreExtensionData,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import DatabaseIcon from '@mui/icons-material/StorageOutlined';
import { TimescaleExplorerClient, timescaleExplorerApiRef } from './api';
import { KeptDatabase } from './components/DatabaseView/KeptDatabase';
import { hypertableRouteRef, rootRouteRef } from './routes';

const clientApi = ApiBlueprint.make({
  params: define =>
    define({
      api: timescaleExplorerApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: deps => new TimescaleExplorerClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/timescale-explorer',
    title: 'TimescaleDB',
    icon: <DatabaseIcon />,
    routeRef: rootRouteRef,
  },
}).override({
  *factory(originalFactory) {
    const drawn = originalFactory();
    yield* drawn;
    yield coreExtensionData.reactElement(
      <KeptDatabase>{drawn.get(coreExtensionData.reactElement)}</KeptDatabase>,
    );
  },
});

const healthPage = SubPageBlueprint.make({
  name: 'health',
  params: {
    path: 'health',
    title: 'Health',
    loader: () =>
      import('./components/HealthPage').then(({ HealthPage }) => (
        <HealthPage />
      )),
  },
});

const hypertablesPage = SubPageBlueprint.make({
  name: 'hypertables',
  params: {
    path: 'hypertables',
    title: 'Hypertables',
    loader: () =>
      import('./components/HypertablesPage').then(({ HypertablesRouter }) => (
        <HypertablesRouter />
      )),
  },
});

const aggregatesPage = SubPageBlueprint.make({
  name: 'aggregates',
  params: {
    path: 'aggregates',
    title: 'Aggregates',
    loader: () =>
      import('./components/AggregatesPage').then(({ AggregatesPage }) => (
        <AggregatesPage />
      )),
  },
});

const jobsPage = SubPageBlueprint.make({
  name: 'jobs',
  params: {
    path: 'jobs',
    title: 'Jobs',
    loader: () =>
      import('./components/JobsPage').then(({ JobsPage }) => <JobsPage />),
  },
});

const queryPage = SubPageBlueprint.make({
  name: 'query',
  params: {
    path: 'query',
    title: 'Query',
    loader: () =>
      import('./components/QueryPage').then(({ QueryPage }) => <QueryPage />),
  },
});

/** The state of TimescaleDB databases: whether they are well and what they hold. */
export const timescaleExplorerPlugin = createFrontendPlugin({
  pluginId: 'timescale-explorer',
  title: 'TimescaleDB',
  icon: <DatabaseIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, hypertable: hypertableRouteRef },
  extensions: [
    clientApi,
    page,
    healthPage,
    hypertablesPage,
    aggregatesPage,
    jobsPage,
    queryPage,
  ],
});
