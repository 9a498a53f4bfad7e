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
    description: 'What could not be read or stored, why, and sending it again.',
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
        summary: `Dead letters, the newest first; what is in them needs ${deadLettersPeekPermission.name}`,
        query: lettersQuerySchema,
        answer: lettersPageSchema,
        permissions: read,
        unavailable,
      },
      {
        path: `${letters}/redrives`,
        method: 'post',
        summary: 'Send letters again, or say which would be',
        body: redriveRequestSchema,
        answer: redriveSchema,
        status: '202',
        permissions: redrive,
        unavailable,
      },
      {
        path: redrives,
        method: 'get',
        summary: 'Redrives, the newest first',
        query: redrivesQuerySchema,
        answer: redrivesResponseSchema,
        permissions: read,
      },
      {
        path: `${redrives}/{id}`,
        method: 'get',
        summary: 'A redrive and how far it is',
        answer: redriveSchema,
        permissions: read,
      },
      {
        path: `${redrives}/{id}/cancel`,
        method: 'post',
        summary: 'End a redrive',
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
        summary: 'How full dead-letter topics are',
        answer: {
          contentType: 'text/plain',
          description: 'Metrics in the text format of Prometheus.',
        },
        permissions: read,
      },
    ],
  });
