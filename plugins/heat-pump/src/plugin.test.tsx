import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { heatPumpDeviceIdAnnotation } from '@homelab/plugin-heat-pump-common';
import plugin from './index';
import {
  testHeatPump,
  testHouse,
} from '@homelab/plugin-heat-pump-react/testing';

const house = testHouse({
  heatPumps: [
    testHeatPump(),
    testHeatPump({ deviceId: 'pump-2', known: { supply_temp: 44 } }),
  ],
});

/** A backend that streams one snapshot and has no history. */
function createBackend() {
  const asked: string[] = [];
  const event = `event: snapshot\ndata: ${JSON.stringify(house)}\n\n`;
  const fetchFake: typeof fetch = async input => {
    const url = String(input);
    asked.push(url);
    if (!url.endsWith('/live')) return new Response('{}', { status: 503 });
    const body = new ReadableStream({
      start: controller => controller.enqueue(new TextEncoder().encode(event)),
    });
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream' },
    });
  };
  return { asked, fetchApi: mockApis.fetch({ baseImplementation: fetchFake }) };
}

it('is a page of the app that reads live events from its backend', async () => {
  const { asked, fetchApi } = createBackend();
  await renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/heat-pump'],
    apis: [fetchApi],
  });
  expect(
    await screen.findByRole('heading', { level: 2, name: /Heating, 20.4/ }),
  ).toBeInTheDocument();
  expect(asked[0]).toBe('plugin://heat-pump/live');
});

it('shows the heat pump of an entity that names its device', async () => {
  const { fetchApi } = createBackend();
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'second-pump',
      annotations: { [heatPumpDeviceIdAnnotation]: 'pump-2' },
    },
  };
  await renderTestApp({
    features: [plugin],
    extensions: [createTestEntityPage({ entity })],
    apis: [fetchApi],
  });
  expect(
    await screen.findByRole('heading', { level: 2, name: /44\.0\s°C supply/ }),
  ).toBeInTheDocument();
});
