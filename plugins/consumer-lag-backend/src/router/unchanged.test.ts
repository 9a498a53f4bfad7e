import express from 'express';
import request from 'supertest';
import { isUnchanged } from './unchanged';

function appOf(state: { polls: number }) {
  const app = express();
  app.get('/groups', (asked, response) => {
    if (!isUnchanged(asked, response, state)) response.json({ now: 'now' });
  });
  const ask = (path: string, etag = '') =>
    request(app)
      .get(path)
      .set('if-none-match', etag)
      // As browsers do for a page that sends its own ETag.
      .set('cache-control', 'no-cache');
  return ask;
}

it('answers 304 while nothing has changed, with the time', async () => {
  const state = { polls: 1 };
  const ask = appOf(state);
  const { headers } = await ask('/groups').expect(200);
  expect(headers['cache-control']).toBe('private, no-cache');
  const again = await ask('/groups', `"other", ${headers.etag}`).expect(304);
  expect(again.text).toBe('');
  expect(Date.parse(again.headers.date)).not.toBeNaN();
  // The same state answers another question otherwise.
  await ask('/groups?limit=7', headers.etag).expect(200);
  state.polls += 1;
  await ask('/groups', headers.etag).expect(200);
});
