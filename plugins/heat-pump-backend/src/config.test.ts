import { ConfigReader } from '@backstage/config';
import { readHeatPumpConfig, staleAfterMsOf } from './config';

const valid = {
  kafka: { brokers: 'one:9092, two:9092' },
  api: { baseUrl: 'http://127.0.0.1:7008', token: 'very-secret' },
};

const read = (heatPump: object) =>
  readHeatPumpConfig(new ConfigReader({ heatPump }));

it('parses a comma-separated list of brokers and numbers given as strings', () => {
  const config = read({ ...valid, staleAfterSeconds: { heatpump: '10' } });
  expect(config.kafka.brokers).toEqual(['one:9092', 'two:9092']);
  expect(config.api.baseUrl).toBe('http://127.0.0.1:7008');
  expect(staleAfterMsOf(config)).toEqual({ heatpump: 10_000 });
  expect(config.live.maxClients).toBe(100);
});

it('names every invalid key at once and never a value', () => {
  const bad = {
    kafka: { brokers: 'no-port' },
    api: { ...valid.api, baseUrl: 'ftp://very-secret' },
    siteTimeZone: 'Mars/Olympus',
  };
  expect(() => read(bad)).toThrow(
    /heatPump\.kafka\.brokers.*heatPump\.api\.baseUrl.*heatPump\.siteTimeZone/s,
  );
  expect(() => read(bad)).not.toThrow(/very-secret|Mars/);
});

it('says what is missing when there is no section at all', () => {
  expect(() => readHeatPumpConfig(new ConfigReader({}))).toThrow(
    /heatPump\.kafka.*heatPump\.api/s,
  );
});
