import { createHomelabApi } from '@homelab/homelab-api-client';
import { LatestReadings } from '@homelab/heat-pump';
import { createTestDatabase, eventually } from '@homelab/test-kit';
import { migrate } from '@homelab/timescale-schema';
import { expect, test } from 'vitest';
import { ApiHistorySource } from '../src/services/ApiHistorySource';
import { HouseState } from '../src/services/HouseState';
import type { LiveSource } from '@homelab/plugin-heat-pump-node';
import { addReadingToken, startApiProcess } from './api-process';
import { quietLogger, timeAt } from './support';

/** Without live readings, all that the page shows comes from the API. */
const noLiveReadings: LiveSource = {
  start: () => {},
  stop: async () => {},
  subscribe: () => () => {},
  status: () => ({ ok: false, detail: 'Kafka is away.' }),
};

test('a house keeps its last readings while the API is away, says so, and goes on when it is back', async t => {
  const database = await createTestDatabase(t);
  await migrate({
    connection: database.connection('homelab_owner'),
    siteTimeZone: 'Europe/Stockholm',
  });
  const sink = await database.connect('homelab_sink');
  const insert = (seconds: number, supplyTemp: number) =>
    sink.query(
      `insert into heatpump_status (time, received_at, device_id, supply_temp)
       values ($1, $1, 'pump-1', $2)`,
      [timeAt(seconds), supplyTemp],
    );
  await insert(0, 35);
  const token = await addReadingToken(database);
  const first = await startApiProcess(t, database);
  const house = new HouseState({
    live: noLiveReadings,
    history: new ApiHistorySource({
      api: createHomelabApi({ baseUrl: first.url, token }),
      logger: quietLogger,
    }),
    latest: new LatestReadings({ staleAfterMs: {} }),
    siteTimeZone: 'Europe/Stockholm',
    logger: quietLogger,
    refreshMs: 200,
  });
  t.onTestFinished(() => house.stop());
  house.start();
  const shown = () =>
    house.house().heatPumps.map(({ reading }) => reading.supply_temp);

  await eventually(() => expect(shown()).toEqual([35]));
  expect(house.sources().history.ok).toBe(true);

  await first.kill();
  await eventually(() =>
    expect(house.sources().history).toEqual({
      ok: false,
      detail:
        'The Homelab API cannot be reached. Check that homelab-api is running.',
    }),
  );
  expect(shown()).toEqual([35]);

  await insert(60, 36);
  await startApiProcess(t, database, first.port);
  await eventually(() => expect(shown()).toEqual([36]));
  expect(house.sources().history.ok).toBe(true);
}, 60_000);
