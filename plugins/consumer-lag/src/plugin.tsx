import {
  ApiBlueprint,
  coreExtensionData,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { consumerGroupsAnnotation } from '@homelab/plugin-consumer-lag-common';
import LagIcon from '@mui/icons-material/StackedBarChartOutlined';
import { ConsumerLagClient, consumerLagApiRef } from './api';
import { KeptQuery } from './components/KeptQuery';
import {
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

const firstTab = 'groups';

const page = PageBlueprint.make({
  params: {
    path: '/consumer-lag',
    title: 'Consumer lag',
    icon: <LagIcon />,
    routeRef: rootRouteRef,
  },
}).override({
  *factory(originalFactory) {
    const drawn = originalFactory();
    yield* drawn;
    yield coreExtensionData.reactElement(
      <KeptQuery firstTab={firstTab}>
        {drawn.get(coreExtensionData.reactElement)}
      </KeptQuery>,
    );
  },
});

const groupsPage = SubPageBlueprint.make({
  name: 'groups',
  params: {
    path: firstTab,
    title: 'Groups',
    loader: () =>
      import('./components/GroupsRouter').then(({ GroupsRouter }) => (
        <GroupsRouter />
      )),
  },
});

const topicsPage = SubPageBlueprint.make({
  name: 'topics',
  params: {
    path: 'topics',
    title: 'Topics',
    loader: () =>
      import('./components/TopicsRouter').then(({ TopicsRouter }) => (
        <TopicsRouter />
      )),
  },
});

/** Entities with consumer groups. */
const hasConsumerGroups = {
  [`metadata.annotations.${consumerGroupsAnnotation}`]: { $exists: true },
};

const entityContent = EntityContentBlueprint.make({
  params: {
    path: 'lag',
    title: 'Consumer lag',
    group: 'observability',
    filter: hasConsumerGroups,
    loader: () =>
      import('./components/EntityLagContent').then(({ EntityLagContent }) => (
        <EntityLagContent />
      )),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: hasConsumerGroups,
    loader: () =>
      import('./components/EntityLagCard').then(({ EntityLagCard }) => (
        <EntityLagCard />
      )),
  },
});

const widget = HomePageWidgetBlueprint.make({
  name: 'groups',
  params: {
    name: 'ConsumerLag',
    description: 'Whether all consumer groups keep up, and the worst three',
    // It draws its own card.
    componentProps: {
      Renderer: ({ Content }: { Content: () => JSX.Element }) => <Content />,
    },
    components: () =>
      import('./components/LagWidget').then(module => ({
        Content: module.LagWidget,
      })),
  },
});

/** Consumer groups and Kafka topics: pages, tab, card and widget. */
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
  },
  externalRoutes: { letters: lettersRouteRef },
  extensions: [
    clientApi,
    page,
    groupsPage,
    topicsPage,
    entityContent,
    entityCard,
    widget,
  ],
});
