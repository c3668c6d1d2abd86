import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../local/engines/events/event.ts';
import { fillerOf, type TargetInput } from '../../local/engines/events/input.ts';

const FILE = new URL('../../../shared/oracles/eventbridge-patterns/input-transform.json', import.meta.url);

interface Case {
  id: string;
  event?: BusEvent;
  InputPath?: string;
  InputPathsMap?: Record<string, string>;
  InputTemplate?: string;
  expectedBody?: unknown;
  expected?: string;
}

const Id = '<target-id>';
const ORIGIN = { ruleArn: 'arn', ruleName: 'rule', ingestedAt: 0 };

const targetOf = ({ InputPath, InputPathsMap, InputTemplate }: Case): TargetInput =>
  InputTemplate === undefined ? { Id, InputPath } : { Id, InputTransformer: { InputPathsMap, InputTemplate } };

/** The recording holds JSON bodies parsed and texts as they came. */
const bodyOf = (body: string | undefined): unknown => (body === undefined ? null : /^[{[]/.test(body) ? JSON.parse(body) : body);

const found = existsSync(FILE);
if (!found) console.warn('oracles not found, skipped: eventbridge-patterns/input-transform.json');
const cases = found ? (JSON.parse(readFileSync(FILE, 'utf8')) as Case[]) : [];

describe.skipIf(!found)('targets are sent what AWS sent', () => {
  it.each(cases.filter(({ event }) => event))('$id', (one) => {
    const event = one.event as BusEvent;
    expect(bodyOf(fillerOf(targetOf(one))(event, JSON.stringify(event), ORIGIN))).toEqual(one.expectedBody);
  });

  it.each(cases.filter(({ InputTemplate, event }) => InputTemplate && !event))('$id: $expected', (one) => {
    expect(() => fillerOf(targetOf(one))).toThrow(one.expected?.replace('ValidationException: ', ''));
  });

  it('both-input-path-and-transformer is refused in AWS’s words', () => {
    const { expected } = cases.find(({ id }) => id === 'both-input-path-and-transformer') ?? {};
    const both = () => fillerOf({ Id, InputPath: '$.detail', InputTransformer: { InputTemplate: '""' } });
    expect(both).toThrow(expected?.replace('ValidationException: ', ''));
  });
});
