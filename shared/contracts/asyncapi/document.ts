import * as z from 'zod';
import { channels as described } from '../../routing/channels.ts';
import { topics } from '../topic.ts';
import { Channel } from '../vocabulary.ts';
import { clientExamples, serverExamples, topicExamples } from './examples.ts';
import { clientShapes, frameShape, messageShape, pascal, serverShapes } from './shapes.ts';

type Json = Record<string, unknown>;

/** AsyncAPI's own schema language is JSON Schema draft 7. */
const schemaOf = (shape: z.ZodType, io: 'input' | 'output' = 'output'): Json => {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { target: 'draft-7', io });
  return schema;
};
const ref = (place: string): Json => ({ $ref: `#/${place}` });
const entries = <T>(names: readonly string[], of: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, of(name)]));

const topicName = (channel: Channel, topic: string): string => `${pascal(channel)}${pascal(topic)}`;

/** A message of each topic of a channel, with its example: numbered, timed, and about an incident. */
const topicSchemas = (channel: Channel): Json =>
  Object.fromEntries(
    topics[channel].map((spec) => {
      const { topic, named, says, only } = spec;
      const kind = topicExamples[topic].kind;
      const fitting = spec.kinds.includes(kind) ? kind : spec.kinds[0];
      const example = { seq: 42, topic, at: '2026-11-22T17:00:00.000Z', incidentId: 'SW3H', ...topicExamples[topic], kind: fitting };
      const description = [says, only].filter(Boolean).join(' ');
      return [topicName(channel, topic), { title: named ?? topic, description, ...schemaOf(messageShape(spec)), examples: [example] }];
    }),
  );

/** A frame names its messages' shapes instead of repeating them. */
const frameSchema = (channel: Channel): Json => {
  const { properties, ...frame } = schemaOf(frameShape(channel)) as { properties: Json };
  const oneOf = topics[channel].map(({ topic }) => ref(`components/schemas/${topicName(channel, topic)}`));
  return { ...frame, properties: { ...properties, messages: { type: 'array', items: { oneOf } } } };
};

const frameExample = (channel: Channel, schemas: Json): Json => {
  const [first] = topics[channel];
  const { examples } = schemas[topicName(channel, first?.topic ?? '')] as { examples: Json[] };
  return { channel, from: 41, to: 43, messages: examples };
};

const clientMessages = (channel: Channel): Json =>
  Object.fromEntries(
    Object.entries(clientShapes(channel)).map(([action, shape]) => [
      `${channel}.${action}`,
      {
        name: action,
        title: `${action} (${channel})`,
        contentType: 'application/json',
        payload: schemaOf(shape, 'input'),
        examples: [{ payload: clientExamples.find((word) => word.action === action) }],
      },
    ]),
  );

const serverMessages = (): Json =>
  Object.fromEntries(
    Object.entries(serverShapes).map(([name, shape]) => [
      name,
      {
        name,
        title: name,
        contentType: 'application/json',
        payload: schemaOf(shape),
        examples: [{ payload: serverExamples[name as keyof typeof serverExamples] }],
      },
    ]),
  );

const frameMessage = (channel: Channel, schemas: Json): Json => ({
  name: 'frame',
  title: `A frame of ${channel}`,
  summary:
    'Messages from number `from` to number `to`, both included. What is left out of it was not for this connection: nothing is missing.',
  contentType: 'application/json',
  payload: frameSchema(channel),
  examples: [{ payload: frameExample(channel, schemas) }],
});

const channelObject = (channel: Channel): Json => {
  const own = [
    `${channel}.frame`,
    ...Object.keys(clientShapes(channel)).map((action) => `${channel}.${action}`),
    ...Object.keys(serverShapes),
  ];
  return {
    address: `/ws/orchestration/${channel}`,
    title: channel,
    description: described[channel].tells,
    messages: entries(own, (name) => ref(`components/messages/${name}`)),
    bindings: {
      ws: {
        method: 'GET',
        query: { type: 'object', properties: { ticket: { type: 'string', description: 'From POST /tickets, good once, for 30 s.' } } },
      },
    },
  };
};

/** Seen from SWOE: it sends frames, and receives what a client asks, which it answers on the same connection. */
const operations = (channel: Channel): Json => {
  const of = (names: readonly string[]): Json[] => names.map((name) => ref(`channels/${channel}/messages/${name}`));
  const own = ref(`channels/${channel}`);
  const asked = Object.keys(clientShapes(channel)).map((action) => `${channel}.${action}`);
  const told = [`${channel}.frame`, 'More'];
  return {
    [`tell${pascal(channel)}`]: { action: 'send', channel: own, summary: described[channel].tells, messages: of(told) },
    [`answer${pascal(channel)}`]: {
      action: 'receive',
      channel: own,
      summary: 'What a client may ask on its connection.',
      messages: of(asked),
      reply: { channel: own, messages: of([`${channel}.frame`, ...Object.keys(serverShapes)]) },
    },
  };
};

const all = (of: (channel: Channel) => Json): Json => Object.assign({}, ...Channel.options.map(of)) as Json;

/** The live channels as an AsyncAPI 3.0 document, made of the contracts and nothing else. */
export const asyncApi = (version: string): Json => {
  const schemas = all(topicSchemas);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'SWOE live',
      version,
      description: 'What happens in SWOE, as it happens. docs/live.md says how a client is written.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      local: {
        host: '127.0.0.1:8080',
        protocol: 'ws',
        description: 'npm start',
        security: [ref('components/securitySchemes/bearer'), ref('components/securitySchemes/ticket')],
      },
    },
    channels: entries(Channel.options, (channel) => channelObject(channel as Channel)),
    operations: all(operations),
    components: {
      schemas,
      messages: {
        ...all((channel) => ({ [`${channel}.frame`]: frameMessage(channel, schemas), ...clientMessages(channel) })),
        ...serverMessages(),
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Authorization: Bearer, in the handshake.' },
        ticket: {
          type: 'httpApiKey',
          in: 'query',
          name: 'ticket',
          description: 'For browsers, which cannot send that header: POST /tickets.',
        },
      },
    },
  };
};
