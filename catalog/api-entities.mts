import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { canonicalReadingsApi, deviceMessagesApi } from './async-apis.mts';
import { commonAnnotations, commonSpec } from './entities.mts';

const infoSchema = z.object({
  info: z.object({ title: z.string(), description: z.string() }),
});

// Longer lines would be folded, which hides the structure of a description.
const yamlOptions = { lineWidth: 0, aliasDuplicateObjects: false };

/** An API entity. It contains its definition, because the catalog does not resolve references to other files here. */
function apiEntity(options: {
  name: string;
  type: 'asyncapi' | 'openapi';
  tag: string;
  definition: string;
}) {
  const { name, type, tag, definition } = options;
  const { info } = infoSchema.parse(parse(definition));
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name,
      title: info.title,
      description: info.description,
      tags: [tag],
      annotations: commonAnnotations,
    },
    spec: {
      type,
      lifecycle: 'production',
      ...commonSpec,
      definition,
    },
  };
}

/** One entity for each backend plugin or service that has an `openapi.yaml` or `asyncapi.yaml`. */
function ownApis(root: string) {
  const suffix = '-backend';
  const plugins = readdirSync(join(root, 'plugins'))
    .filter(folder => folder.endsWith(suffix))
    .map(folder => ({
      name: `${folder.slice(0, -suffix.length)}-api`,
      path: join(root, 'plugins', folder),
    }));
  const services = readdirSync(join(root, 'services')).map(folder => ({
    name: folder,
    path: join(root, 'services', folder),
  }));
  return [...plugins, ...services]
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap(({ name, path }) => {
      const kinds = [
        { type: 'openapi', tag: 'http' },
        { type: 'asyncapi', tag: 'websocket' },
      ] as const;
      return kinds.flatMap(kind => {
        const file = join(path, `${kind.type}.yaml`);
        if (!existsSync(file)) return [];
        const definition = readFileSync(file, 'utf8');
        return [apiEntity({ name, ...kind, definition })];
      });
    });
}

/**
 * The API entities: messages on MQTT, records on Kafka, and the HTTP and WebSocket interfaces of
 * the plugins and services below the root.
 */
export function apiEntities(root: string) {
  return [
    apiEntity({
      name: 'device-messages',
      type: 'asyncapi',
      tag: 'mqtt',
      definition: stringify(deviceMessagesApi(), yamlOptions),
    }),
    apiEntity({
      name: 'canonical-readings',
      type: 'asyncapi',
      tag: 'kafka',
      definition: stringify(canonicalReadingsApi(), yamlOptions),
    }),
    ...ownApis(root),
  ];
}
