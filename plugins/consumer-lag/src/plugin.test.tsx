import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { consumerGroupsAnnotation } from '@homelab/plugin-consumer-lag-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { consumerLagApiRef } from './api';
import plugin from './index';
import { createFakeApi } from './testing/createFakeApi';
import { createCluster, createGroup } from './testing/groups';

const entity = (annotation?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'timescale-sink',
    namespace: 'default',
    ...(annotation !== undefined && {
      annotations: { [consumerGroupsAnnotation]: annotation },
    }),
  },
  spec: { type: 'service', owner: 'household', lifecycle: 'production' },
});

/** The catalog, as the target of links. */
const catalog = createTestEntityPage({ entity: entity() });

const open = (path: string, api = createFakeApi()) =>
  renderTestApp({
    features: [plugin],
    extensions: [catalog],
    initialRouteEntries: [path],
    apis: [[consumerLagApiRef, api]],
  });

it('opens at the groups, beside the Kafka topics', async () => {
  open('/consumer-lag');
  expect(
    await screen.findByRole('heading', { name: '1 group keeps up.' }),
  ).toBeInTheDocument();
  const tabs = screen.getAllByRole('tab').map(tab => tab.textContent);
  expect(tabs).toEqual(['Groups', 'Topics']);
});

it.each([
  ['/consumer-lag/groups/home/team%2Fbilling', /is 9 min behind/],
  ['/consumer-lag/topics', /a consumer group that does not keep up/],
  [
    '/consumer-lag/topics/home/homelab.energy',
    /receives 12.4 records per second/,
  ],
])('has a page at %s', async (path, name) => {
  open(path);
  expect(
    await screen.findByRole('heading', { level: 2, name }),
  ).toBeInTheDocument();
});

it('opens a group with a slash in its name', async () => {
  const asked: string[] = [];
  const fake = createFakeApi();
  open('/consumer-lag/groups/home/team%2Fbilling', {
    ...fake,
    getGroup: async group => {
      asked.push(group.groupId);
      return fake.getGroup(group);
    },
  });
  await screen.findByRole('heading', { level: 2 });
  expect(asked).toContain('team/billing');
});

describe('the choice of a cluster', () => {
  const two = [
    createCluster(),
    createCluster({ name: 'cloud', title: 'Cloud' }),
  ];
  const groups = [
    createGroup(),
    createGroup({ groupId: 'billing', cluster: 'cloud' }),
  ];
  const fake = createFakeApi();
  const api = {
    ...fake,
    getGroups: async () => ({
      ...(await fake.getGroups()),
      clusters: two,
      groups,
    }),
    getTopics: async () => ({ ...(await fake.getTopics()), clusters: two }),
  };
  const picker = () => screen.findByRole('combobox', { name: 'Cluster' });
  const tab = (name: string) =>
    userEvent.click(screen.getByRole('tab', { name }));

  it('is kept by the redirect to the first tab', async () => {
    open('/consumer-lag?cluster=cloud&q=bill', api);
    expect(await picker()).toHaveTextContent('Cloud');
    expect(screen.getByRole('link', { name: 'billing' })).toBeInTheDocument();
    expect(
      screen.getByRole('searchbox', { name: 'Find group, topic or owner' }),
    ).toHaveValue('bill');
  });

  it('is kept from tab to tab until all are chosen', async () => {
    open('/consumer-lag/groups?cluster=cloud', api);
    await picker();
    await tab('Topics');
    await waitFor(async () =>
      expect(await picker()).toHaveTextContent('Cloud'),
    );
    await userEvent.click(await picker());
    await userEvent.click(await screen.findByRole('option', { name: 'All 2' }));
    await tab('Groups');
    expect(
      await screen.findByRole('link', { name: 'timescale-sink' }),
    ).toBeInTheDocument();
    expect(await picker()).toHaveTextContent('All 2');
  });
});

/** Another card, to see that the page is drawn. */
const otherCard = EntityCardBlueprint.make({
  name: 'other',
  params: { loader: async () => <p>Another card</p> },
});

async function renderEntityPage(annotation?: string) {
  renderTestApp({
    extensions: [
      createTestEntityPage({ entity: entity(annotation) }),
      otherCard,
      plugin.getExtension('entity-card:consumer-lag'),
    ],
    apis: [[consumerLagApiRef, createFakeApi()]],
  });
  await screen.findByText('Another card');
}

it.each(['home/timescale-sink', 'timescale-sink', 'home/timescale-*,other'])(
  'puts a card on the page of an entity with the annotation %s',
  async annotation => {
    await renderEntityPage(annotation);
    expect(await screen.findByText('Consumer lag')).toBeInTheDocument();
    expect(await screen.findByText('1 group keeps up.')).toBeInTheDocument();
  },
);

it('puts no card on the page of an entity without the annotation', async () => {
  await renderEntityPage();
  expect(screen.queryByText('Consumer lag')).not.toBeInTheDocument();
});

it('has a tab for the same entities', async () => {
  renderTestApp({
    features: [plugin],
    extensions: [createTestEntityPage({ entity: entity('timescale-sink') })],
    apis: [[consumerLagApiRef, createFakeApi()]],
  });
  expect(
    await screen.findByRole('heading', { name: '1 group keeps up.' }),
  ).toBeInTheDocument();
});

it('offers its home page widget', () => {
  const extension = plugin.getExtension('home-page-widget:consumer-lag/groups');
  expect(() => createExtensionTester(extension)).not.toThrow();
});
