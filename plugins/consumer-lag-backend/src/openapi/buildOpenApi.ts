import {
  clustersResponseSchema,
  deadLettersResponseSchema,
  entityResponseSchema,
  exactTimeLagResponseSchema,
  groupResponseSchema,
  groupsResponseSchema,
  historyResponseSchema,
  lettersPageSchema,
  lettersQuerySchema,
  offsetResetSchema,
  offsetResetsResponseSchema,
  redriveRequestSchema,
  redriveSchema,
  redrivesQuerySchema,
  redrivesResponseSchema,
  resetApplyRequestSchema,
  resetPreviewRequestSchema,
  resetPreviewSchema,
  topicResponseSchema,
  topicsResponseSchema,
  undoPreviewSchema,
  undoRequestSchema,
} from '@homelab/plugin-consumer-lag-common';
import { z } from 'zod';
import { clusterQuery, historyQuery, partitionQuery } from '../router/lag';

/** Schemas of requests and answers by the name they have in the document. */
const components = {
  Clusters: clustersResponseSchema,
  Groups: groupsResponseSchema,
  Group: groupResponseSchema,
  History: historyResponseSchema,
  ExactTimeLag: exactTimeLagResponseSchema,
  Topics: topicsResponseSchema,
  Topic: topicResponseSchema,
  Entity: entityResponseSchema,
  DeadLetters: deadLettersResponseSchema,
  Letters: lettersPageSchema,
  RedriveRequest: redriveRequestSchema,
  Redrive: redriveSchema,
  Redrives: redrivesResponseSchema,
  ResetPreviewRequest: resetPreviewRequestSchema,
  ResetPreview: resetPreviewSchema,
  ResetApplyRequest: resetApplyRequestSchema,
  OffsetReset: offsetResetSchema,
  OffsetResets: offsetResetsResponseSchema,
  UndoPreview: undoPreviewSchema,
  UndoRequest: undoRequestSchema,
};

type ComponentName = keyof typeof components;

const componentRef = (name: string) => `#/components/schemas/${name}`;

const withoutPattern: z.core.ToJSONSchemaParams = {
  io: 'input',
  override: ({ jsonSchema }) => {
    // The format says it; the pattern of a calendar with leap years helps nobody.
    if (jsonSchema.format) delete jsonSchema.pattern;
  },
};

function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id?: string }>();
  for (const [id, schema] of Object.entries(components))
    registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    ...withoutPattern,
    uri: componentRef,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [
      name,
      schema,
    ]),
  );
}

function queryParameters(schema: z.ZodObject) {
  const { properties = {}, required = [] } = z.toJSONSchema(
    schema,
    withoutPattern,
  );
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }));
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

const json = (name: ComponentName) => ({
  'application/json': { schema: { $ref: componentRef(name) } },
});

interface Operation {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly summary: string;
  readonly answer: ComponentName;
  readonly query?: z.ZodObject;
  readonly body?: ComponentName;
  /** Beside `consumer-lag.read`. */
  readonly permission?: string;
}

const group = '/clusters/{cluster}/groups/{groupId}';
const letters = '/clusters/{cluster}/dead-letters/{topic}';
const redrives = '/clusters/{cluster}/redrives';
const resets = '/clusters/{cluster}/offset-resets/{id}';
const redrive = 'consumer-lag.record.redrive';
const reset = 'consumer-lag.offsets.reset';

const operations: readonly Operation[] = [
  {
    path: '/clusters',
    method: 'get',
    summary:
      'Clusters, how fresh what is known of them is, and what the caller may do',
    answer: 'Clusters',
  },
  {
    path: '/groups',
    method: 'get',
    summary: 'Every consumer group, worst first',
    answer: 'Groups',
    query: clusterQuery,
  },
  {
    path: group,
    method: 'get',
    summary: 'A consumer group with its partitions and members',
    answer: 'Group',
  },
  {
    path: `${group}/history`,
    method: 'get',
    summary: 'The past of a consumer group',
    answer: 'History',
    query: historyQuery,
  },
  {
    path: `${group}/time-lag`,
    method: 'get',
    summary: 'The age of the oldest unread record, by the time in it',
    answer: 'ExactTimeLag',
    query: partitionQuery,
  },
  {
    path: '/topics',
    method: 'get',
    summary: 'Every Kafka topic and who reads it',
    answer: 'Topics',
    query: clusterQuery,
  },
  {
    path: '/clusters/{cluster}/topics/{topic}',
    method: 'get',
    summary: 'A Kafka topic with its partitions',
    answer: 'Topic',
  },
  {
    path: '/entities/{kind}/{namespace}/{name}',
    method: 'get',
    summary: 'Groups and pipelines of an entity',
    answer: 'Entity',
  },
  {
    path: '/clusters/{cluster}/dead-letters',
    method: 'get',
    summary: 'Dead-letter topics, counted by reason',
    answer: 'DeadLetters',
  },
  {
    path: `${letters}/letters`,
    method: 'get',
    summary: 'Dead letters, the newest first',
    answer: 'Letters',
    query: lettersQuerySchema,
    permission: 'consumer-lag.record.peek',
  },
  {
    path: `${letters}/redrives`,
    method: 'post',
    summary: 'Send letters again, or say which would be',
    body: 'RedriveRequest',
    answer: 'Redrive',
    permission: redrive,
  },
  {
    path: redrives,
    method: 'get',
    summary: 'Redrives, the newest first',
    answer: 'Redrives',
    query: redrivesQuerySchema,
  },
  {
    path: `${redrives}/{id}`,
    method: 'get',
    summary: 'A redrive and how far it is',
    answer: 'Redrive',
  },
  {
    path: `${redrives}/{id}/cancel`,
    method: 'post',
    summary: 'End a redrive',
    answer: 'Redrive',
    permission: redrive,
  },
  {
    path: `${redrives}/{id}/resume`,
    method: 'post',
    summary: 'Go on with a redrive that was interrupted',
    answer: 'Redrive',
    permission: redrive,
  },
  {
    path: `${group}/offset-resets/preview`,
    method: 'post',
    summary: 'What moving offsets would skip and replay',
    body: 'ResetPreviewRequest',
    answer: 'ResetPreview',
    permission: reset,
  },
  {
    path: `${group}/offset-resets`,
    method: 'post',
    summary: 'Move the offsets of a group without members',
    body: 'ResetApplyRequest',
    answer: 'OffsetReset',
    permission: reset,
  },
  {
    path: `${group}/offset-resets`,
    method: 'get',
    summary: 'Moves of the offsets of a group',
    answer: 'OffsetResets',
  },
  {
    path: '/clusters/{cluster}/offset-resets',
    method: 'get',
    summary: 'Moves of offsets of all groups',
    answer: 'OffsetResets',
  },
  {
    path: `${resets}/undo`,
    method: 'get',
    summary: 'What undoing a move would do',
    answer: 'UndoPreview',
    permission: reset,
  },
  {
    path: `${resets}/undo`,
    method: 'post',
    summary: 'Undo a move',
    body: 'UndoRequest',
    answer: 'OffsetReset',
    permission: reset,
  },
];

function describe({
  path,
  summary,
  answer,
  query,
  body,
  permission,
}: Operation) {
  const permissions = [
    'consumer-lag.read',
    ...(permission ? [permission] : []),
  ];
  const parameters = [
    ...pathParameters(path),
    ...(query ? queryParameters(query) : []),
  ];
  return {
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: {
      '200': { description: summary, content: json(answer) },
      ...((query || body) && {
        '400': {
          description: 'The request is not valid; the message says what.',
        },
      }),
      '401': { description: 'Nobody is signed in.' },
      '403': { description: `It needs ${permissions.join(' and ')}.` },
      ...(parameters.some(one => one.in === 'path') && {
        '404': { description: 'There is no such thing, as far as is known.' },
      }),
      ...(body && {
        '409': { description: 'It cannot be done now; the message says why.' },
      }),
    },
  };
}

/** The OpenAPI document of the routes, built from the schemas they answer with. */
export function buildOpenApi() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of operations)
    paths[one.path] = { ...paths[one.path], [one.method]: describe(one) };
  paths['/metrics'] = {
    get: {
      summary: 'Every number as a gauge of Prometheus',
      responses: {
        '200': {
          description: 'Metrics in the text format of Prometheus.',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        '401': { description: 'Nobody is signed in.' },
        '403': { description: 'It needs consumer-lag.read.' },
      },
    },
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Consumer lag',
      version: '1',
      description:
        'How far consumer groups of Kafka are behind, dead letters, and moving offsets. Paths are below /api/consumer-lag of the portal.',
    },
    servers: [{ url: '/api/consumer-lag' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: componentSchemas(),
    },
  };
}
