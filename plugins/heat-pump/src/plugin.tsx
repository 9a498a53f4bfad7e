import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { heatPumpDeviceIdAnnotation } from '@homelab/plugin-heat-pump-common';
import HeatPumpIcon from '@mui/icons-material/HeatPumpOutlined';
import RoomsIcon from '@mui/icons-material/ThermostatOutlined';
import { HeatPumpClient, heatPumpApiRef } from './api';
import { rootRouteRef, roomsRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: define =>
    define({
      api: heatPumpApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: deps => new HeatPumpClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/heat-pump',
    title: 'Heat pump',
    icon: <HeatPumpIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/HeatPumpPage').then(({ HeatPumpPage }) => (
        <HeatPumpPage />
      )),
  },
});

const roomsPage = PageBlueprint.make({
  name: 'rooms',
  params: {
    path: '/rooms',
    title: 'Rooms',
    icon: <RoomsIcon fontSize="inherit" />,
    routeRef: roomsRouteRef,
    loader: () =>
      import('./components/RoomsPage').then(({ RoomsPage }) => <RoomsPage />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: 'heat-pump',
    title: 'Heat pump',
    filter: {
      [`metadata.annotations.${heatPumpDeviceIdAnnotation}`]: { $exists: true },
    },
    loader: () =>
      import('./components/HeatPumpEntityContent').then(
        ({ HeatPumpEntityContent }) => <HeatPumpEntityContent />,
      ),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: {
      [`metadata.annotations.${heatPumpDeviceIdAnnotation}`]: { $exists: true },
    },
    loader: () =>
      import('./components/HeatPumpEntityCard').then(
        ({ HeatPumpEntityCard }) => <HeatPumpEntityCard />,
      ),
  },
});

const houseWidget = HomePageWidgetBlueprint.make({
  name: 'house',
  params: {
    name: 'HouseNow',
    title: 'The house now',
    description: 'Heat pump, power of the house and rooms',
    // The widget has its own surface; the stock card would nest cards.
    componentProps: {
      Renderer: ({ Content }: { Content: () => JSX.Element }) => <Content />,
    },
    components: () =>
      import('./components/HouseWidget').then(m => ({
        Content: m.HouseWidget,
      })),
  },
});

/** The live heat pump view. */
export const heatPumpPlugin = createFrontendPlugin({
  pluginId: 'heat-pump',
  title: 'Heat pump',
  icon: <HeatPumpIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, rooms: roomsRouteRef },
  extensions: [api, page, roomsPage, entityContent, entityCard, houseWidget],
});
