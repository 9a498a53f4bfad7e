import {
  clustersResponseSchema,
  deadLettersPeekPermission,
  deadLettersReadPermission,
  deadLettersRedrivePermission,
  deadLettersResponseSchema,
  lettersPageSchema,
  lettersQuerySchema,
  redriveRequestSchema,
  redriveSchema,
  redrivesQuerySchema,
  redrivesResponseSchema,
} from '@homelab/plugin-dead-letters-common';
import { buildOpenApi as build } from '@homelab/portal-node';

const letters = '/clusters/{cluster}/dead-letters/{topic}';
const redrives = '/clusters/{cluster}/redrives';
const read = [deadLettersReadPermission];
const redrive = [...read, deadLettersRedrivePermission];
const unavailable = 'Kafka did not answer; the message says why.';

/** The OpenAPI document of the dead letters backend. */
export const buildOpenApi = () =>
  build({
    pluginId: 'dead-letters',
    title: 'Dead letters',
    description:
      'Messages that could not be processed: counts by reason, contents, and sending them again.',
    components: {
      Clusters: clustersResponseSchema,
      DeadLetters: deadLettersResponseSchema,
      Letters: lettersPageSchema,
      RedriveRequest: redriveRequestSchema,
      Redrive: redriveSchema,
      Redrives: redrivesResponseSchema,
    },
    operations: [
      {
        path: '/clusters',
        method: 'get',
        summary: 'Kafka clusters, and what the caller may do',
        answer: clustersResponseSchema,
        permissions: read,
      },
      {
        path: '/clusters/{cluster}/dead-letters',
        method: 'get',
        summary: 'Dead-letter topics, counted by reason',
        answer: deadLettersResponseSchema,
        permissions: read,
        unavailable,
      },
      {
        path: `${letters}/letters`,
        method: 'get',
        summary: `Dead letters, newest first; their contents need ${deadLettersPeekPermission.name}`,
        query: lettersQuerySchema,
        answer: lettersPageSchema,
        permissions: read,
        unavailable,
      },
      {
        path: `${letters}/redrives`,
        method: 'post',
        summary: 'Start a redrive or a dry run',
        body: redriveRequestSchema,
        answer: redriveSchema,
        status: '202',
        permissions: redrive,
        unavailable,
      },
      {
        path: redrives,
        method: 'get',
        summary: 'Redrives, newest first',
        query: redrivesQuerySchema,
        answer: redrivesResponseSchema,
        permissions: read,
      },
      {
        path: `${redrives}/{id}`,
        method: 'get',
        summary: 'A redrive and its progress',
        answer: redriveSchema,
        permissions: read,
      },
      {
        path: `${redrives}/{id}/cancel`,
        method: 'post',
        summary: 'Cancel a redrive',
        answer: redriveSchema,
        permissions: redrive,
      },
      {
        path: `${redrives}/{id}/resume`,
        method: 'post',
        summary: 'Resume an interrupted redrive',
        answer: redriveSchema,
        permissions: redrive,
        unavailable,
      },
      {
        path: '/metrics',
        method: 'get',
        summary: 'Sizes of dead-letter topics',
        answer: {
          contentType: 'text/plain',
          description: 'Metrics in the text format of Prometheus.',
        },
        permissions: read,
      },
    ],
  });
