import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { HomePageLayoutBlueprint } from '@backstage/plugin-home-react/alpha';

/** Arranges the widgets that plugins bring to the home page. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [
    HomePageLayoutBlueprint.make({
      params: {
        loader: () => import('./HomeLayout').then(module => module.HomeLayout),
      },
    }),
  ],
});
