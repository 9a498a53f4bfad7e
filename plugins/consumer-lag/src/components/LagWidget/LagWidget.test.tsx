import { screen } from '@testing-library/react';
import { failing } from '@homelab/portal-react/testing';
import {
  createGroup,
  createGroupsInShort,
  createLaggingGroup,
} from '../../testing/groups';
import { renderLag } from '../../__testUtils__/renderLag';
import { LagWidget } from './LagWidget';

const answer = (groups: ReturnType<typeof createGroup>[]) => ({
  getGroupsInShort: async (limit: number) => createGroupsInShort(groups, limit),
});

it('says in one sentence that all is well, and lists no group', async () => {
  await renderLag(<LagWidget />, {
    api: answer([createGroup(), createGroup({ groupId: 'other' })]),
  });
  expect(await screen.findByText('All 2 groups keep up.')).toBeInTheDocument();
  expect(screen.queryByRole('listitem')).not.toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Details' })).toHaveAttribute(
    'href',
    '/consumer-lag',
  );
});

it('lists the worst three', async () => {
  const groups = ['a', 'b', 'c', 'd'].map(groupId =>
    createLaggingGroup({ groupId }),
  );
  await renderLag(<LagWidget />, { api: answer([...groups, createGroup()]) });
  expect(
    await screen.findByText('4 of 5 groups fall behind.'),
  ).toBeInTheDocument();
  expect(screen.getAllByRole('listitem').map(item => item.textContent)).toEqual(
    [
      'a9 minFalling behind, 2.3 records more every second',
      'b9 minFalling behind, 2.3 records more every second',
      'c9 minFalling behind, 2.3 records more every second',
    ],
  );
});

it('says why there is no data', async () => {
  await renderLag(<LagWidget />, {
    api: { getGroupsInShort: failing(500, 'The database rests.') },
  });
  expect(
    await screen.findByText(/cannot be loaded: The database rests/),
  ).toBeInTheDocument();
});
