import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { deadLetterTopicsAnnotation } from '@homelab/plugin-dead-letters-common';
import LettersIcon from '@mui/icons-material/MarkunreadMailboxOutlined';
import { DeadLettersClient, deadLettersApiRef } from './api';
import { lettersRouteRef, rootRouteRef, topicRouteRef } from './routes';

const clientApi = ApiBlueprint.make({
  params: define =>
    define({
      api: deadLettersApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: deps => new DeadLettersClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/dead-letters',
    title: 'Dead letters',
    icon: <LettersIcon />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/DeadLettersRouter').then(({ DeadLettersRouter }) => (
        <DeadLettersRouter />
      )),
  },
});

/** Keeps links to the page working from when it was part of consumer lag. */
const oldPage = PageBlueprint.make({
  name: 'old-address',
  params: {
    path: '/consumer-lag/dead-letters',
    noHeader: true,
    loader: () =>
      import('./components/DeadLettersRouter').then(({ OldAddress }) => (
        <OldAddress />
      )),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: {
      [`metadata.annotations.${deadLetterTopicsAnnotation}`]: { $exists: true },
    },
    loader: () =>
      import('./components/EntityLettersCard').then(({ EntityLettersCard }) => (
        <EntityLettersCard />
      )),
  },
});

/** Dead letters: why they failed, their contents, and sending them again. */
export const deadLettersPlugin = createFrontendPlugin({
  pluginId: 'dead-letters',
  title: 'Dead letters',
  icon: <LettersIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, letters: lettersRouteRef },
  externalRoutes: { topic: topicRouteRef },
  extensions: [clientApi, page, oldPage, entityCard],
});
