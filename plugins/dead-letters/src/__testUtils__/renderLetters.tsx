import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { useLocation } from 'react-router-dom';
import {
  createDeadLettersStores,
  deadLettersApiRef,
  deadLettersStoresRef,
} from '../api';
import type { DeadLettersApi } from '../api';
import { rootRouteRef } from '../routes';
import { createFakeApi } from '../testing/createFakeApi';

/** What the address bar would show, for tests that look. */
let address = '';

function AddressBar() {
  const { pathname, search } = useLocation();
  address = `${pathname}${search}`;
  return null;
}

/** The path and query that the page is at. */
export function currentAddress(): string {
  return decodeURIComponent(address);
}

/**
 * Draws a view over a fake backend.
 *
 * @param options.api what is different from {@link createFakeApi}
 * @param options.at the address that the view is opened at
 * @param options.mountPath the part of the address that the view does not read itself
 */
export function renderLetters(
  element: JSX.Element,
  options: {
    api?: Partial<DeadLettersApi>;
    at?: string;
    mountPath?: string;
  } = {},
) {
  const api = createFakeApi(options.api);
  const stores = createDeadLettersStores({
    api,
    visibility: document,
    now: Date.now,
  });
  return renderInTestApp(
    <>
      <AddressBar />
      {element}
    </>,
    {
      mountPath: options.mountPath,
      initialRouteEntries: [options.at ?? '/'],
      mountedRoutes: {
        '/dead-letters': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        [deadLettersApiRef, api],
        [deadLettersStoresRef, stores],
      ],
    },
  );
}
