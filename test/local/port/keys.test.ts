import { describe, expect, it } from 'vitest';
import { forbiddenDeliveries, portFor } from '../../../local/port/index.ts';
import { allow, ground, ROLE, role, table, templateOf } from './template.ts';

type Given = Parameters<typeof templateOf>[number];

const KEY = 'arn:aws:kms:us-east-1:000000000000:key/k';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:q';
const root = { Effect: 'Allow', Action: 'kms:*', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Resource: '*' };
const key = (...statements: object[]): Given => ({
  type: 'AWS::KMS::Key',
  id: 'k',
  arn: KEY,
  properties: { KeyPolicy: { Statement: statements } },
});
const events: Given = {
  type: 'AWS::DynamoDB::Table',
  id: 'events',
  arn: table('events'),
  properties: { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: KEY } },
};
const queue: Given = { type: 'AWS::SQS::Queue', id: 'q', arn: QUEUE, properties: { KmsMasterKeyId: 'k' } };
const send = { QueueUrl: 'https://sqs/0/q', MessageBody: 'x' };

const call = (given: Given[], service: string, operation: string, input: Record<string, unknown>) =>
  portFor(templateOf(...given), { ground, engine: () => async () => ({ done: true }) }).call(ROLE, service, operation, input);

describe('what a customer managed key encrypts', () => {
  const reading = allow('dynamodb:GetItem', table('events'));

  it('asks its caller for the key, and says so as DynamoDB does', async () => {
    const get = { TableName: 'events', Key: { pk: { S: '1' } } };
    await expect(call([events, key(root), role(reading)], 'dynamodb', 'GetItem', get)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::000000000000:assumed-role/step/step is not authorized to perform: kms:Decrypt on resource: ${KEY} because no identity-based policy allows the kms:Decrypt action`,
    });
    expect(await call([events, key(root), role(reading, allow('kms:Decrypt', KEY))], 'dynamodb', 'GetItem', get)).toEqual({ done: true });
  });

  it('is asked through the service that uses it', async () => {
    const via = (service: string) =>
      call(
        [
          events,
          key(root),
          role(reading, allow('kms:Decrypt', KEY, { StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` } })),
        ],
        'dynamodb',
        'GetItem',
        { TableName: 'events' },
      );
    await expect(via('dynamodb')).resolves.toEqual({ done: true });
    await expect(via('sqs')).rejects.toThrow('kms:Decrypt');
  });

  it('is no use to an identity that the key’s policy does not leave the decision to', async () => {
    const other = { ...root, Principal: { AWS: 'arn:aws:iam::000000000000:role/other' } };
    await expect(
      call([events, key(other), role(reading, allow('kms:*', '*'))], 'dynamodb', 'GetItem', { TableName: 'events' }),
    ).rejects.toThrow('no resource-based policy allows the kms:Decrypt action');
    const named = { ...root, Principal: { AWS: ROLE } };
    await expect(call([events, key(named), role(reading)], 'dynamodb', 'GetItem', { TableName: 'events' })).resolves.toEqual({
      done: true,
    });
  });

  it('is sealed with a data key where a message is sent, and SQS has its own name for the refusal', async () => {
    const sending = allow('sqs:SendMessage', QUEUE);
    await expect(call([queue, key(root), role(sending, allow('kms:Decrypt', KEY))], 'sqs', 'SendMessage', send)).rejects.toMatchObject({
      name: 'KmsAccessDenied',
      message: expect.stringContaining('kms:GenerateDataKey'),
    });
    await call([queue, key(root), role(sending, allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY))], 'sqs', 'SendMessage', send);
  });

  it('takes a rule’s messages only where the key’s policy lets EventBridge use it', () => {
    const rule: Given = { type: 'AWS::Events::Rule', id: 'intake', arn: 'arn:rule', properties: { Targets: [{ Arn: QUEUE }] } };
    const policy: Given = {
      type: 'AWS::SQS::QueuePolicy',
      id: 'p',
      properties: {
        Queues: ['q'],
        PolicyDocument: { Statement: { ...allow('sqs:SendMessage', QUEUE), Principal: { Service: 'events.amazonaws.com' } } },
      },
    };
    const complaints = (...statements: object[]) => {
      const template = templateOf(queue, rule, policy, key(root, ...statements));
      return forbiddenDeliveries(template, portFor(template, { ground, engine: () => undefined }));
    };
    const open = { ...allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*'), Principal: { Service: 'events.amazonaws.com' } };
    expect(complaints(open)).toEqual([]);
    expect(complaints()).toEqual([expect.stringContaining('the rule test.intake may not deliver')]);
  });
});
