import {
  clientFrameSchema,
  liveErrorCodes,
  liveErrors,
  liveLimits,
  liveReadingSchema,
  liveSubprotocol,
  liveVersion,
  serverFrameSchema,
} from '@homelab/live-client';
import { z } from 'zod';
import { paths } from './http/server.ts';

const description = `Live readings of the house: a snapshot of the newest ones, then every newer one. Needs a bearer token with the scope \`readings:read\` in the header \`Authorization\` of the upgrade, or, for pages, a ticket in the query parameter \`ticket\`: \`POST ${paths.tickets}\` with the token answers \`{ticket, expires_at}\`, and each opens one connection within 30 s.

An error frame has a stable code and is followed by the end of the connection:

${liveErrorCodes.map(code => `- \`${code}\` (${liveErrors[code][0]}): ${liveErrors[code][2]}`).join('\n')}`;

const readingRef = { $ref: '#/components/schemas/LiveReading' };

/** The AsyncAPI document, made from the schemas that validate the frames. */
export function buildAsyncApi() {
  const sent = messagesOf(clientFrameSchema.options);
  const received = messagesOf(serverFrameSchema.options);
  const refs = (names: readonly string[], base: string) =>
    names.map(name => ({ $ref: `${base}/${name}` }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Live readings',
      version: String(liveVersion),
      description,
    },
    defaultContentType: 'application/json',
    channels: {
      live: {
        address: paths.live,
        description: `Text frames of JSON with the subprotocol \`${liveSubprotocol}\`. A client may send frames of ${liveLimits.maxFrameBytes} bytes, ${liveLimits.maxFramesPerTenSeconds} in ten seconds, and have ${liveLimits.maxSubscriptions} subscriptions.`,
        messages: Object.fromEntries(
          Object.keys({ ...sent, ...received }).map(name => [
            name,
            { $ref: `#/components/messages/${name}` },
          ]),
        ),
        bindings: {
          ws: {
            method: 'GET',
            query: {
              type: 'object',
              properties: { ticket: { type: 'string' } },
            },
          },
        },
      },
    },
    operations: {
      send: {
        action: 'receive',
        title: 'What a client sends',
        channel: { $ref: '#/channels/live' },
        messages: refs(Object.keys(sent), '#/channels/live/messages'),
      },
      receive: {
        action: 'send',
        title: 'What the server sends',
        channel: { $ref: '#/channels/live' },
        messages: refs(Object.keys(received), '#/channels/live/messages'),
      },
    },
    components: {
      messages: { ...sent, ...received },
      schemas: { LiveReading: schemaOf(liveReadingSchema) },
    },
  };
}

function messagesOf(
  options: readonly (z.ZodObject & { shape: { type: z.ZodLiteral } })[],
) {
  return Object.fromEntries(
    options.map(schema => {
      const name = String(schema.shape.type.value);
      const { title, ...payload } = schemaOf(schema);
      const { readings } = payload.properties ?? {};
      return [
        name,
        {
          name,
          title,
          payload:
            readings === undefined
              ? payload
              : {
                  ...payload,
                  properties: {
                    ...payload.properties,
                    readings: { type: 'array', items: readingRef },
                  },
                },
        },
      ];
    }),
  );
}

/** What is sent; what may be left out is not required. */
function schemaOf(schema: z.ZodType) {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
  });
  return rest;
}
