import { describe, expect, it } from 'vitest';
import { forbiddenDeliveries, portFor } from '../../../local/port/index.ts';
import { allow, ground, ROLE, role, templateOf } from './template.ts';

type Given = Parameters<typeof templateOf>[number];

const complaints = (...given: Given[]) => {
  const template = templateOf(...given);
  return forbiddenDeliveries(template, portFor(template, { ground, engine: () => undefined }));
};
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:q';
const DLQ = 'arn:aws:sqs:us-east-1:000000000000:q-dlq';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:step';
const rule: Given = {
  type: 'AWS::Events::Rule',
  id: 'intake',
  arn: 'arn:rule',
  properties: { Targets: [{ Arn: QUEUE, DeadLetterConfig: { Arn: DLQ } }] },
};
const queue = (id: string, arn: string, source: string): Given[] => [
  { type: 'AWS::SQS::Queue', id, arn, properties: {} },
  {
    type: 'AWS::SQS::QueuePolicy',
    id: `${id}-policy`,
    properties: {
      Queues: [id],
      PolicyDocument: {
        Statement: {
          ...allow('sqs:SendMessage', arn, { ArnEquals: { 'aws:SourceArn': source } }),
          Principal: { Service: 'events.amazonaws.com' },
        },
      },
    },
  },
];
const fn: Given = { type: 'AWS::Lambda::Function', id: 'step', arn: FUNCTION, properties: { Role: ROLE } };

describe('what the template wires it must permit', () => {
  it('a rule and its dead letters into their queues', () => {
    expect(complaints(rule, ...queue('q', QUEUE, 'arn:rule'), ...queue('d', DLQ, 'arn:rule'))).toEqual([]);
    expect(complaints(rule, ...queue('q', QUEUE, 'arn:rule'), ...queue('d', DLQ, 'arn:other'))).toEqual([
      `the rule test.intake may not deliver to ${DLQ}: its policy, or its key's, has no sqs:SendMessage for this rule`,
    ]);
  });

  it('a poller to its source and to where it puts what failed', () => {
    const mapping: Given = {
      type: 'AWS::Lambda::EventSourceMapping',
      id: 'poll',
      properties: { EventSourceArn: QUEUE, FunctionName: 'step', DestinationConfig: { OnFailure: { Destination: DLQ } } },
    };
    const reading = allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], QUEUE);
    expect(complaints(fn, mapping, role(reading, allow('sqs:SendMessage', DLQ)))).toEqual([]);
    expect(complaints(fn, mapping, role(reading))).toEqual([
      `the event source mapping test.poll needs sqs:SendMessage on ${DLQ} for the role ${ROLE}`,
    ]);
  });

  it('a schedule to its function', () => {
    const schedule: Given = { type: 'AWS::Scheduler::Schedule', id: 'tick', properties: { Target: { Arn: FUNCTION, RoleArn: ROLE } } };
    expect(complaints(schedule, role(allow('lambda:InvokeFunction', FUNCTION)))).toEqual([]);
    expect(complaints(schedule, role())).toEqual([
      `the schedule test.tick may not reach ${FUNCTION}: its role ${ROLE} has no lambda:InvokeFunction on ${FUNCTION}`,
    ]);
  });
});

describe('a function that never stops calling', () => {
  it('gives the event loop its turn', async () => {
    let turns = 0;
    const port = portFor(templateOf(role(allow('sqs:*', '*'))), {
      ground,
      engine: () => async () => ({}),
      turn: async () => {
        turns += 1;
      },
    });
    for (let calls = 0; calls < 1000; calls += 1) await port.call(ROLE, 'sqs', 'SendMessage', { QueueUrl: 'https://x/1/q' });
    expect(turns).toBe(3);
  });
});
