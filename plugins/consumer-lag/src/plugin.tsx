import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import LagIcon from '@mui/icons-material/StackedBarChartOutlined';
import {
  ConsumerLagClient,
  consumerLagApiRef,
  createLagStores,
  lagStoresRef,
} from './api';
import {
  deadLettersRouteRef,
  groupRouteRef,
  lettersRouteRef,
  rootRouteRef,
  topicRouteRef,
  topicsRouteRef,
} from './routes';

const clientApi = ApiBlueprint.make({
  params: define =>
    define({
      api: consumerLagApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: deps => new ConsumerLagClient(deps),
    }),
});

const storesApi = ApiBlueprint.make({
  name: 'stores',
  params: define =>
    define({
      api: lagStoresRef,
      deps: { api: consumerLagApiRef },
      factory: ({ api }) =>
        createLagStores({ api, visibility: document, now: Date.now }),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/consumer-lag',
    title: 'Consumer lag',
    icon: <LagIcon />,
    routeRef: rootRouteRef,
  },
});

const groupsPage = SubPageBlueprint.make({
  name: 'groups',
  params: {
    path: 'groups',
    title: 'Groups',
    loader: () =>
      import('./components/GroupsRouter').then(({ GroupsRouter }) => (
        <GroupsRouter />
      )),
  },
});

/** Consumer groups, Kafka topics and dead letters: pages, tab, card and widget. */
export const consumerLagPlugin = createFrontendPlugin({
  pluginId: 'consumer-lag',
  title: 'Consumer lag',
  icon: <LagIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    group: groupRouteRef,
    topics: topicsRouteRef,
    topic: topicRouteRef,
    deadLetters: deadLettersRouteRef,
    letters: lettersRouteRef,
  },
  extensions: [clientApi, storesApi, page, groupsPage],
});
