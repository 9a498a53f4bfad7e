import { createFakeApi } from '../testing/createFakeApi';
import { createLagQueries } from './createLagQueries';

const queries = createLagQueries(createFakeApi());
const group = { cluster: 'home', groupId: 'sink' };
const entity = { kind: 'component', namespace: 'default', name: 'sink' };

it('gives each request a key of its own', () => {
  const keys = [
    queries.clusters(),
    queries.groups(),
    queries.groupsInShort(3),
    queries.groupsInShort(4),
    queries.group(group),
    queries.group({ ...group, cluster: 'cloud' }),
    queries.group({ ...group, groupId: 'billing' }),
    queries.history({ ...group, range: '1h' }),
    queries.history({ ...group, range: '6h' }),
    queries.history({ ...group, range: '1h', topic: 'energy' }),
    queries.topics(),
    queries.topic({ cluster: 'home', topic: 'energy' }),
    queries.entity(entity),
    queries.entityInShort({ ...entity, limit: 3 }),
    queries.entityInShort({ ...entity, limit: 4 }),
    queries.resets(group),
  ].map(({ key }) => JSON.stringify(key));
  expect(new Set(keys).size).toBe(keys.length);
});

it('takes the time of a history from its end', async () => {
  const history = queries.history({ ...group, range: '1h' });
  const answer = await history.ask(new AbortController().signal);
  expect(history.serverTimeOf(answer)).toBe(answer.to);
});
