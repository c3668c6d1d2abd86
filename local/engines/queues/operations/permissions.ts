import { AwsError } from '../../../kernel/aws-error.ts';
import { missing } from '../check.ts';
import type { Attributes } from '../definition.ts';
import type { QueueRecord } from '../records.ts';
import type { Known } from '../registry.ts';
import type { Desk, Input, Operations } from './operation.ts';

interface Statement {
  readonly Sid?: string;
  readonly [member: string]: unknown;
}

const ACTIONS = /^(\*|SendMessage|ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes|GetQueueUrl)$/;

/** A policy that the port could not judge by is refused now, not at the next call. */
export const checkPolicy = ({ checkPolicy: check }: Desk, { Policy: policy }: Attributes): void => {
  if (!policy) return;
  try {
    check(policy);
  } catch (error) {
    throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter Policy. Reason: ${(error as Error).message}`);
  }
};

export const setAttributes = (desk: Desk, one: Known, attributes: Attributes): void => {
  checkPolicy(desk, attributes);
  const { scheduler, log } = desk.ground;
  const at = scheduler.now();
  log.write('queues', { op: 'attributes', queue: one.queue.definition.name, attributes, at } satisfies QueueRecord);
  desk.registry.redefine(one, attributes, at);
};

const statementsOf = ({ queue, policy }: Known): readonly Statement[] => {
  const text = queue.definition.attributes['Policy'] ?? policy;
  const { Statement: said = [] } = (text ? JSON.parse(text) : {}) as { Statement?: Statement | Statement[] };
  return Array.isArray(said) ? said : [said as Statement];
};

const badLabel = (label: string, reason: string): AwsError =>
  new AwsError('InvalidParameterValue', `Value ${label} for parameter Label is invalid. Reason: ${reason}.`);

/** One statement of a queue's policy, by its label. */
export const permissionOperations = (desk: Desk): Operations => {
  const labelIn = (input: Input): string => {
    const label = input['Label'];
    if (typeof label !== 'string' || label === '') throw missing('Label');
    return label;
  };
  const put = (one: Known, statements: readonly Statement[]): Record<string, unknown> => {
    setAttributes(desk, one, { Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) });
    return {};
  };
  return {
    AddPermission: (input) => {
      const one = desk.registry.byUrl(input['QueueUrl']);
      const label = labelIn(input);
      const accounts = (input['AWSAccountIds'] ?? []) as string[];
      const actions = (input['Actions'] ?? []) as string[];
      if (accounts.length === 0) throw missing('AWSAccountIds');
      if (actions.length === 0) throw missing('Actions');
      const odd = actions.find((action) => !ACTIONS.test(action));
      if (odd)
        throw new AwsError(
          'InvalidParameterValue',
          `Value SQS:${odd} for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.`,
        );
      const statements = statementsOf(one);
      if (statements.some(({ Sid }) => Sid === label)) throw badLabel(label, 'Already exists');
      const Principal = { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) };
      const Action = actions.map((action) => `SQS:${action}`);
      return put(one, [...statements, { Sid: label, Effect: 'Allow', Principal, Action, Resource: one.queue.definition.arn }]);
    },
    RemovePermission: (input) => {
      const one = desk.registry.byUrl(input['QueueUrl']);
      const label = labelIn(input);
      const statements = statementsOf(one);
      const left = statements.filter(({ Sid }) => Sid !== label);
      if (left.length === statements.length) throw badLabel(label, "can't find label");
      return put(one, left);
    },
  };
};
