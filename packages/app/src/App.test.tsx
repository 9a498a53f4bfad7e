import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { PageBlueprint, createRouteRef } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import homePlugin from '@backstage/plugin-home/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { screen, within } from '@testing-library/react';
import { homeModule } from './home';
import { navModule } from './nav';

jest.setTimeout(30_000);
const patience = { timeout: 20_000 };

/** A plugin with one page, as the navigation sees it. */
function createPage(pluginId: string, title: string) {
  return createFrontendPlugin({
    pluginId,
    title,
    icon: <svg />,
    extensions: [
      PageBlueprint.make({
        params: {
          path: `/${pluginId}`,
          title,
          icon: <svg />,
          routeRef: createRouteRef(),
          loader: async () => <p>{title}</p>,
        },
      }),
    ],
  });
}

/** A plugin with home page widgets that draw their own name. */
function createWidgets(pluginId: string, names: readonly string[]) {
  return createFrontendPlugin({
    pluginId,
    extensions: names.map(name =>
      HomePageWidgetBlueprint.make({
        name,
        params: {
          componentProps: {
            Renderer: ({ Content }: { Content: () => JSX.Element }) => (
              <Content />
            ),
          },
          components: async () => ({
            Content: () => <p data-testid="widget">{`${pluginId}/${name}`}</p>,
          }),
        },
      }),
    ),
  });
}

const stockWidgetsOff = [
  'random-joke',
  'world-clock',
  'toolkit',
  'starred-entities',
  'most-visited',
  'recently-visited',
].map(name => ({ [`home-page-widget:home/${name}`]: false }));

const config = {
  app: {
    extensions: [
      { 'page:home': { config: { path: '/', title: 'Home' } } },
      ...stockWidgetsOff,
    ],
  },
};

it('orders the navigation and puts unknown pages before the settings', async () => {
  renderTestApp({
    features: [
      navModule,
      createPage('user-settings', 'Settings'),
      createPage('zebra', 'Zebra'),
      createPage('system-health', 'System health'),
      createPage('catalog-graph', 'Catalog graph'),
      createPage('catalog', 'Catalog'),
      createPage('consumer-lag', 'Consumer lag'),
      createPage('heat-pump', 'Heat pump'),
      createPage('notifications', 'Notifications'),
      createPage('api-docs', 'APIs'),
      homePlugin,
    ],
    config,
  });
  const nav = await screen.findByRole(
    'navigation',
    { name: 'sidebar nav' },
    patience,
  );
  const links = within(nav)
    .getAllByRole('link')
    .map(link => link.textContent);
  expect(links).toEqual([
    'Homelab',
    'Home',
    'Heat pump',
    'System health',
    'Notifications',
    'Consumer lag',
    'Catalog',
    'APIs',
    'Zebra',
    'Settings',
  ]);
});

it('orders the home page: summary, house, other widgets, what is running', async () => {
  renderTestApp({
    features: [
      homePlugin,
      homeModule,
      createWidgets('system-health', ['targets', 'summary']),
      createWidgets('consumer-lag', ['groups']),
      createWidgets('heat-pump', ['house']),
    ],
    config,
  });
  await screen.findByText('system-health/summary', {}, patience);
  await screen.findByText('consumer-lag/groups', {}, patience);
  await screen.findByText('heat-pump/house', {}, patience);
  await screen.findByText('system-health/targets', {}, patience);
  expect(
    screen.getAllByTestId('widget').map(widget => widget.textContent),
  ).toEqual([
    'system-health/summary',
    'heat-pump/house',
    'consumer-lag/groups',
    'system-health/targets',
  ]);
  const next = screen.getByRole('navigation', { name: 'Where to go next' });
  expect(
    within(next).getByRole('link', { name: /Documentation/ }),
  ).toHaveAttribute('href', '/docs/default/system/homelab');
});
