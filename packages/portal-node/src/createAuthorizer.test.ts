import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { createAuthorizer } from './createAuthorizer';

const read = createPermission({ name: 'things.read', attributes: {} });
const move = createPermission({ name: 'things.move', attributes: {} });

function setUp(allowed: readonly string[], isOn = true) {
  const asked: string[][] = [];
  const permissions = mockServices.permissions.mock({
    authorize: async requests => {
      asked.push(requests.map(({ permission }) => permission.name));
      return requests.map(({ permission }) => ({
        result: allowed.includes(permission.name)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      }));
    },
  });
  const authorizer = createAuthorizer({
    httpAuth: mockServices.httpAuth(),
    permissions,
    rules: {
      read: { permissions: [read] },
      move: {
        permissions: [read, move],
        switch: { key: 'things.move.enabled', isOn },
      },
    },
  });
  return { authorizer, asked };
}

it('asks the framework once for several actions', async () => {
  const { authorizer, asked } = setUp(['things.read']);
  expect(
    await authorizer.allowances(['read', 'move'], mockCredentials.user()),
  ).toEqual({
    read: { isAllowed: true, reason: null },
    move: {
      isAllowed: false,
      reason: 'You need the permission things.move.',
    },
  });
  expect(asked).toEqual([['things.read', 'things.move']]);
});

it('names the key that switches an action off, without asking for permissions', async () => {
  const { authorizer, asked } = setUp(['things.read', 'things.move'], false);
  const { move: found } = await authorizer.allowances(
    ['move'],
    mockCredentials.user(),
  );
  expect(found.reason).toMatch(/things\.move\.enabled/);
  expect(asked).toEqual([]);
});
