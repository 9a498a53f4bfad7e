import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import plugin from './index';
import { testHouse } from './test-house';

it('is a page of the app that reads live events from its backend', async () => {
  const asked: string[] = [];
  const event = `event: snapshot\ndata: ${JSON.stringify(testHouse())}\n\n`;
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
  await renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/heat-pump'],
    apis: [mockApis.fetch({ baseImplementation: fetchFake })],
  });
  expect(
    await screen.findByRole('heading', { level: 2, name: /Heating, 38.0/ }),
  ).toBeInTheDocument();
  expect(asked[0]).toBe('plugin://heat-pump/live');
});
