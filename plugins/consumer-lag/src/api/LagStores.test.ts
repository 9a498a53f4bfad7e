import { createFakeApi } from '../testing/createFakeApi';
import { createLagStores } from './LagStores';

function setUp() {
  const asked: string[] = [];
  const fake = createFakeApi();
  const stores = createLagStores({
    api: {
      ...fake,
      getGroup: async group => {
        asked.push(group.groupId);
        return fake.getGroup(group);
      },
    },
    visibility: document,
    now: Date.now,
  });
  return { stores, asked };
}

it('asks nothing before somebody looks, and once for all who ask the same', async () => {
  const { stores, asked } = setUp();
  const first = stores.group({ cluster: 'home', groupId: 'sink' });
  const second = stores.group({ cluster: 'home', groupId: 'sink' });
  expect(second).toBe(first);
  expect(asked).toEqual([]);
  const answered = new Promise<void>(resolve => {
    const leave = first.subscribe(() => {
      leave();
      resolve();
    });
  });
  await answered;
  expect(asked).toEqual(['sink']);
  expect(first.snapshot().answer?.group.groupId).toBe('sink');
});

it('asks for another group apart', () => {
  const { stores } = setUp();
  expect(stores.group({ cluster: 'home', groupId: 'a' })).not.toBe(
    stores.group({ cluster: 'home', groupId: 'b' }),
  );
});

it('forgets what was looked at longest ago', () => {
  const { stores } = setUp();
  const ofGroup = (index: number) =>
    stores.group({ cluster: 'home', groupId: `group-${index}` });
  const kept = ofGroup(0);
  for (let index = 1; index < 20; index += 1) ofGroup(index);
  expect(ofGroup(0)).toBe(kept);
  const oldest = ofGroup(1);
  for (let index = 2; index < 30; index += 1) ofGroup(index);
  expect(ofGroup(1)).not.toBe(oldest);
});
