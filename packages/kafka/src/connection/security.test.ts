import { expect, test } from 'vitest';
import { kafkajsSecurity, platformaticSecurity } from './security.ts';

const sasl = {
  mechanism: 'SCRAM-SHA-512',
  username: 'portal',
  password: 'secret',
} as const;
const brokers = ['kafka.example:9093'];

test('without TLS and SASL neither library gets such options', () => {
  expect(kafkajsSecurity({})).toEqual({});
  expect(platformaticSecurity({}, brokers)).toEqual({});
});

test('both libraries get the certificates', () => {
  const tls = { ca: 'PEM', rejectUnauthorized: true };
  expect(kafkajsSecurity({ tls })).toEqual({ ssl: tls });
  expect(kafkajsSecurity({ tls: true })).toEqual({ ssl: true });
  expect(platformaticSecurity({ tls }, brokers)).toEqual({
    tls,
    tlsServerName: true,
  });
  expect(platformaticSecurity({ tls: true }, brokers).tls).toEqual({});
});

test.each(['127.0.0.1:9093', '[::1]:9093'])(
  'no server name is sent to a broker at the address %s',
  broker => {
    expect(platformaticSecurity({ tls: true }, [broker])).toMatchObject({
      tlsServerName: false,
    });
  },
);

test.each([
  ['PLAIN', 'plain'],
  ['SCRAM-SHA-256', 'scram-sha-256'],
  ['SCRAM-SHA-512', 'scram-sha-512'],
] as const)('%s is passed on as each library spells it', (mechanism, other) => {
  const { username, password } = sasl;
  expect(kafkajsSecurity({ sasl: { ...sasl, mechanism } }).sasl).toEqual({
    mechanism: other,
    username,
    password,
  });
  expect(
    platformaticSecurity({ sasl: { ...sasl, mechanism } }, brokers).sasl,
  ).toEqual({ mechanism, username, password });
});
