import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { pipelinesAnnotation } from '@homelab/plugin-pipelines-common';
import PipelineIcon from '@mui/icons-material/LinearScaleOutlined';
import { PipelinesClient, pipelinesApiRef } from './api';
import { groupRouteRef, topicRouteRef } from './routes';

const clientApi = ApiBlueprint.make({
  params: define =>
    define({
      api: pipelinesApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: deps => new PipelinesClient(deps),
    }),
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: 'pipelines',
    title: 'Pipelines',
    group: 'observability',
    filter: {
      [`metadata.annotations.${pipelinesAnnotation}`]: { $exists: true },
    },
    loader: () =>
      import('./components/EntityPipelines').then(({ EntityPipelines }) => (
        <EntityPipelines />
      )),
  },
});

/** Shows where data stops on its way from device to table: a tab on entity pages. */
export const pipelinesPlugin = createFrontendPlugin({
  pluginId: 'pipelines',
  title: 'Pipelines',
  icon: <PipelineIcon />,
  info: { packageJson: () => import('../package.json') },
  externalRoutes: { group: groupRouteRef, topic: topicRouteRef },
  extensions: [clientApi, entityContent],
});
