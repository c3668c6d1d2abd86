import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RESOURCES = {
  Letters: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'city-letters',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    },
  },
  Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'city-work-dlq' } },
  Work: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'city-work',
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 1 },
    },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: { Statement: [] } },
  },
  Waits: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'city-waits',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      DefinitionString: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'Pause',
        States: { Pause: { Type: 'Wait', Seconds: 3600, End: true } },
      }),
    },
  },
};

/** A synthesised app small enough to read: a table, a queue with its dead letters, a machine that waits. */
export const writeAssembly = (dir: string): string => {
  mkdirSync(dir, { recursive: true });
  const artifacts = { city: { type: 'aws:cloudformation:stack', properties: { templateFile: 'city.json' } } };
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ artifacts }));
  writeFileSync(join(dir, 'city.json'), JSON.stringify({ Resources: RESOURCES }));
  return dir;
};
