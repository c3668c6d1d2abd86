import fc from 'fast-check';
import { expect, it } from 'vitest';
import { portFor } from '../../../local/port/index.ts';
import { ground, ROLE, role, templateOf } from './template.ts';

const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/swoe';
const OTHER = 'arn:aws:iam::000000000000:role/other';

const source = fc.constantFrom('swoe', 'cad_system', 'drone ops', 'drone');
const type = fc.constantFrom('a', 'ops a', 'b');
const condition = fc.option(
  fc.record({
    operator: fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'ForAnyValue:StringEquals'),
    key: fc.constantFrom('events:source', 'events:detail-type', 'aws:PrincipalArn'),
    value: fc.oneof(source, type, fc.constantFrom('*', ROLE, OTHER)),
  }),
  { nil: undefined },
);
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Action: fc.constantFrom('events:PutEvents', 'events:*', 'events:DescribeEventBus', '*'),
  Resource: fc.constantFrom(BUS, '*', `${BUS}-2`),
  given: condition,
});
interface Drawn {
  readonly given?: { operator: string; key: string; value: string } | undefined;
}
const written = ({ given, ...rest }: Drawn): object => ({
  ...rest,
  ...(given ? { Condition: { [given.operator]: { [given.key]: given.value } } } : {}),
});

it('a verdict that is remembered is the one that would be reached again', async () => {
  const asked = fc.record({ principal: fc.constantFrom(ROLE, OTHER), source, type });
  await fc.assert(
    fc.asyncProperty(
      fc.array(statement, { maxLength: 4 }),
      fc.array(statement, { maxLength: 3 }),
      fc.array(asked, { maxLength: 12 }),
      async (own, guard, calls) => {
        const bus = { type: 'AWS::Events::EventBus', id: 'swoe', ref: 'swoe', arn: BUS, properties: {} };
        const guards = guard.map((one, index) => ({
          type: 'AWS::Events::EventBusPolicy',
          id: `guard${index}`,
          properties: { EventBusName: 'swoe', Statement: { ...written(one), Principal: index % 2 === 0 ? '*' : { AWS: ROLE } } },
        }));
        const template = templateOf(bus, ...guards, role(...own.map((one) => written(one))));
        const open = () => portFor(template, { ground, engine: () => async () => ({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] }) });
        const remembering = open();
        for (const call of calls) {
          const put = (port: ReturnType<typeof open>) =>
            port
              .call(call.principal, 'events', 'PutEvents', {
                Entries: [{ EventBusName: 'swoe', Source: call.source, DetailType: call.type, Detail: '{}' }],
              })
              .catch((error: Error) => error.message);
          expect(await put(remembering)).toEqual(await put(open()));
        }
      },
    ),
    { numRuns: 300 },
  );
});
