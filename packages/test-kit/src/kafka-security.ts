import { execFile } from 'node:child_process';
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { KafkaProgram } from './test-servers.ts';
import { uniqueName } from './unique-name.ts';

/** A listener that requires TLS and a login, with the user who may log in. */
export interface SecuredListener {
  /** `host:port`. */
  readonly address: string;
  /** The certificate to trust, in PEM. */
  readonly ca: string;
  readonly username: string;
  readonly password: string;
}

const run = promisify(execFile);

/**
 * Creates a certificate for loopback and one user. Gives the settings of a node that listens
 * with them, and the user's credentials for formatting its storage.
 */
export async function createSecuredListener(deps: {
  readonly program: KafkaProgram;
  readonly folder: string;
  readonly address: string;
}): Promise<{
  readonly listener: SecuredListener;
  readonly settings: Readonly<Record<string, string>>;
  readonly formatArgs: readonly string[];
}> {
  const { program, folder, address } = deps;
  const [host] = address.split(':');
  const username = 'portal';
  const password = uniqueName('secret');
  await mkdir(folder, { recursive: true });
  const keystore = join(folder, 'keystore.p12');
  const certificate = join(folder, 'certificate.pem');
  // It is next to java in every distribution.
  const keytool = join(dirname(await realpath(program.java)), 'keytool');
  const store = ['-keystore', keystore, '-storepass', password];
  await run(keytool, [
    ...['-genkeypair', '-alias', 'kafka', '-keyalg', 'EC', '-validity', '2'],
    ...['-dname', 'CN=test', '-ext', `san=ip:${host}`],
    ...['-storetype', 'PKCS12', ...store],
  ]);
  await run(keytool, [
    ...['-exportcert', '-rfc', '-alias', 'kafka', '-file', certificate],
    ...store,
  ]);
  const login = 'org.apache.kafka.common.security';
  const scram = `${login}.scram.ScramLoginModule required;`;
  const secure = 'listener.name.secure';
  return {
    listener: {
      address,
      ca: await readFile(certificate, 'utf8'),
      username,
      password,
    },
    settings: {
      'listener.security.protocol.map':
        'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL',
      [`${secure}.ssl.keystore.location`]: keystore,
      [`${secure}.ssl.keystore.password`]: password,
      [`${secure}.sasl.enabled.mechanisms`]:
        'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
      [`${secure}.plain.sasl.jaas.config`]: `${login}.plain.PlainLoginModule required user_${username}="${password}";`,
      [`${secure}.scram-sha-256.sasl.jaas.config`]: scram,
      [`${secure}.scram-sha-512.sasl.jaas.config`]: scram,
    },
    formatArgs: ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap(mechanism => [
      '--add-scram',
      `${mechanism}=[name=${username},password=${password}]`,
    ]),
  };
}
