import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { EntityResponse } from '@homelab/plugin-consumer-lag-common';
import { screen } from '@testing-library/react';
import type { EntityName } from '../../api';
import { failing } from '@homelab/portal-react/testing';
import {
  createGroup,
  createLaggingGroup,
  createGroupsInShort,
} from '../../testing/groups';
import { renderLag } from '../../__testUtils__/renderLag';
import { createEntityAnswer } from '../../testing/topics';
import { EntityLagCard } from '../EntityLagCard';
import { EntityLagContent } from './EntityLagContent';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'timescale-sink', namespace: 'default' },
};

const views = { EntityLagContent, EntityLagCard };

const render = (
  name: keyof typeof views,
  changes: Partial<EntityResponse> = {},
  asked: EntityName[] = [],
) => {
  const View = views[name];
  return renderLag(
    <EntityProvider entity={entity}>
      <View />
    </EntityProvider>,
    {
      api: {
        getEntity: async question => {
          asked.push(question);
          return createEntityAnswer(changes);
        },
        getEntityInShort: async ({ limit, ...question }) => {
          asked.push(question);
          const { groups, missing } = createEntityAnswer(changes);
          return { ...createGroupsInShort(groups, limit), missing };
        },
      },
    },
  );
};

describe.each(['EntityLagContent', 'EntityLagCard'] as const)('%s', name => {
  it('loads the groups of its own entity', async () => {
    const asked: EntityName[] = [];
    const groups = [createLaggingGroup(), createGroup()];
    await render(name, { groups }, asked);
    expect(
      await screen.findAllByText(/^timescaledb-energy is 9 min behind/),
    ).not.toHaveLength(0);
    expect(asked[0]).toEqual({
      kind: 'component',
      namespace: 'default',
      name: 'timescale-sink',
    });
    expect(
      screen.getByRole('link', { name: 'timescale-sink' }),
    ).toHaveAttribute('href', '/consumer-lag/groups/home/timescale-sink');
  });

  it('says which part of the annotation matches no group', async () => {
    await render(name, { groups: [], missing: ['home/garage'] });
    expect(
      await screen.findByText(/No group matches home\/garage/),
    ).toBeInTheDocument();
  });

  it('names the missing permission', async () => {
    const View = views[name];
    await renderLag(
      <EntityProvider entity={entity}>
        <View />
      </EntityProvider>,
      {
        api: {
          getEntity: failing(403, 'no'),
          getEntityInShort: failing(403, 'no'),
        },
      },
    );
    expect(await screen.findByText(/consumer-lag.read/)).toBeInTheDocument();
  });
});
