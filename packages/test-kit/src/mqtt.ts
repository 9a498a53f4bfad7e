import { connectAsync } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import type { TestScope } from './test-scope.ts';
import { testServers } from './test-servers.ts';
import type { MqttUser } from './test-servers.ts';
import { uniqueName } from './unique-name.ts';

/**
 * Connects to the test broker as this user (MQTT 5, clean session, unique client id)
 * and disconnects when the test ends. Rejects at once when the broker refuses.
 */
export async function connectMqtt(
  t: TestScope,
  user: MqttUser,
  options: IClientOptions = {},
): Promise<MqttClient> {
  const { url, passwords } = testServers().mqtt;
  const client = await connectAsync(
    url,
    {
      protocolVersion: 5,
      clean: true,
      clientId: uniqueName(user),
      username: user,
      password: passwords[user],
      connectTimeout: 5_000,
      ...options,
    },
    false,
  );
  t.onTestFinished(async () => {
    if (!client.disconnected) await client.endAsync(true);
  });
  return client;
}
