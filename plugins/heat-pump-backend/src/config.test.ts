import { ConfigReader } from '@backstage/config';
import { readHeatPumpConfig, staleAfterMsOf } from './config';

const valid = {
  api: { baseUrl: 'http://127.0.0.1:7008', token: 'very-secret' },
};

const read = (heatPump: object) =>
  readHeatPumpConfig(new ConfigReader({ heatPump }));

it('parses numbers given as strings, and knows where the live server usually is', () => {
  const config = read({ ...valid, staleAfterSeconds: { heatpump: '10' } });
  expect(config.live.url).toBe('ws://127.0.0.1:7009/api/v1/live');
  expect(config.api.baseUrl).toBe('http://127.0.0.1:7008');
  expect(staleAfterMsOf(config)).toEqual({ heatpump: 10_000 });
  expect(config.live.maxClients).toBe(100);
});

it('names every invalid key at once and never a value', () => {
  const bad = {
    live: { url: 'http://very-secret' },
    api: { ...valid.api, baseUrl: 'ftp://very-secret' },
    siteTimeZone: 'Mars/Olympus',
  };
  expect(() => read(bad)).toThrow(
    /heatPump\.api\.baseUrl.*heatPump\.siteTimeZone.*heatPump\.live\.url/s,
  );
  expect(() => read(bad)).not.toThrow(/very-secret|Mars/);
});

it('says what is missing when there is no section at all', () => {
  expect(() => readHeatPumpConfig(new ConfigReader({}))).toThrow(
    /heatPump\.api/s,
  );
});
