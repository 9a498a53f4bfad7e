import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { useLocation } from 'react-router-dom';
import { consumerLagApiRef } from '../api';
import type { ConsumerLagApi } from '../api';
import { rootRouteRef } from '../routes';
import { createFakeApi } from '../testing/createFakeApi';

/** What the address bar would show. */
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
 * Renders a view over a fake backend.
 *
 * @param options.api overrides of {@link createFakeApi}
 * @param options.at the address to open
 * @param options.mountPath the part of the address above the view
 */
export function renderLag(
  element: JSX.Element,
  options: {
    api?: Partial<ConsumerLagApi>;
    at?: string;
    mountPath?: string;
  } = {},
) {
  return renderInTestApp(
    <>
      <AddressBar />
      {element}
    </>,
    {
      mountPath: options.mountPath,
      initialRouteEntries: [options.at ?? '/'],
      mountedRoutes: {
        '/consumer-lag': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [[consumerLagApiRef, createFakeApi(options.api)]],
    },
  );
}
