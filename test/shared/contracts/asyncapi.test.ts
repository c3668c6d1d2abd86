import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { asyncApi } from '../../../shared/contracts/asyncapi/document.ts';
import { clientShapes, frameShape, messageShape, pascal, serverShapes } from '../../../shared/contracts/asyncapi/shapes.ts';
import { topics } from '../../../shared/contracts/topic.ts';
import { Channel } from '../../../shared/contracts/vocabulary.ts';

type Json = Record<string, unknown>;
type Ref = { $ref: string };
const read = (file: string): Json => JSON.parse(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')) as Json;

const document = asyncApi(String(read('package.json')['version'])) as {
  channels: Record<string, { address: string }>;
  operations: Record<string, { action: string; channel: Ref; messages: Ref[]; reply?: { messages: Ref[] } }>;
  components: { schemas: Record<string, { examples: unknown[] }>; messages: Record<string, { examples: { payload: unknown }[] }> };
};

const refsIn = (value: unknown): string[] => {
  if (value === null || typeof value !== 'object') return [];
  const { $ref } = value as Json;
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(value).flatMap(refsIn)];
};
const at = (ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((place, name) => (place as Json | undefined)?.[name], document);
const exampleOf = (name: string): unknown => document.components.messages[name]?.examples[0]?.payload;

describe('the AsyncAPI document', () => {
  test('in docs is the one that the contracts make: npm run asyncapi writes it', () => {
    expect(read('docs/asyncapi.json')).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test('refers to nothing that is not there', () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(100);
    for (const ref of refs) expect(at(ref), ref).toBeDefined();
  });

  test('has every channel at its address, with what is told there, and what is asked and answered', () => {
    const addresses = Object.values(document.channels).map(({ address }) => address);
    expect(addresses).toEqual(Channel.options.map((channel) => `/ws/orchestration/${channel}`));
    const operations = Object.values(document.operations);
    expect(operations).toHaveLength(2 * Channel.options.length);
    for (const { action, channel, messages, reply } of operations) {
      expect(action).toBe(reply ? 'receive' : 'send');
      for (const { $ref } of [...messages, ...(reply?.messages ?? [])]) expect($ref).toContain(`${channel.$ref}/messages/`);
    }
  });

  test.each(Channel.options.flatMap((channel) => topics[channel].map((spec) => [channel, spec.topic, spec] as const)))(
    'gives %s %s a schema, and an example that fits it',
    (channel, topic, spec) => {
      const schema = document.components.schemas[`${pascal(channel)}${pascal(topic)}`];
      expect(schema?.examples).toHaveLength(1);
      expect(messageShape(spec).safeParse(schema?.examples[0]).error).toBeUndefined();
    },
  );

  test.each(Channel.options)('gives the frames of %s, and everything a client may say there, an example that fits', (channel) => {
    expect(frameShape(channel).safeParse(exampleOf(`${channel}.frame`)).error).toBeUndefined();
    const shapes = Object.entries(clientShapes(channel));
    expect(shapes.map(([action]) => action)).toEqual(['ping', 'resume', 'snapshot', 'subscribe']);
    for (const [action, shape] of shapes) expect(shape.safeParse(exampleOf(`${channel}.${action}`)).error, action).toBeUndefined();
  });

  test.each(Object.entries(serverShapes))('gives %s an example that fits it', (name, shape) => {
    expect(shape.safeParse(exampleOf(name)).error).toBeUndefined();
  });
});
