import { AwsError } from '../../kernel/aws-error.ts';
import type { Resource } from '../../template/index.ts';
import type { OwnGround, OwnService } from './own.ts';

type Fields = Record<string, unknown>;

const stackId = ({ region, account }: OwnGround, stack: string): string =>
  `arn:aws:cloudformation:${region}:${account}:stack/${stack}/local`;

const stacksOf = ({ template }: OwnGround): string[] => [...new Set(template.resources.map(({ stack }) => stack))];

/** The stack a request names, by name or id; all where it names none. */
const wanted = (ground: OwnGround, name: unknown): string[] => {
  const all = stacksOf(ground);
  if (name === undefined) return all;
  const found = all.filter((stack) => stack === name || stackId(ground, stack) === name);
  if (found.length === 0)
    throw new AwsError('ValidationError', `Stack with id ${String(name)} does not exist; there are ${all.join(', ')}`);
  return found;
};

const described = (ground: OwnGround, stack: string): Fields => ({
  StackId: stackId(ground, stack),
  StackName: stack,
  CreationTime: ground.startedAt,
  StackStatus: 'CREATE_COMPLETE',
  Outputs: Object.entries(ground.template.outputs)
    .filter(([key]) => key.startsWith(`${stack}.`))
    .map(([key, OutputValue]) => ({ OutputKey: key.slice(stack.length + 1), OutputValue })),
});

const resource = (ground: OwnGround, { logicalId, ref, type }: Resource): Fields => ({
  LogicalResourceId: logicalId,
  PhysicalResourceId: ref,
  ResourceType: type,
  LastUpdatedTimestamp: ground.startedAt,
  ResourceStatus: 'CREATE_COMPLETE',
});

const resourcesOf = (ground: OwnGround, { StackName, LogicalResourceId }: Fields): Fields[] =>
  wanted(ground, StackName ?? '').flatMap((stack) =>
    ground.template.resources
      .filter((each) => each.stack === stack && (LogicalResourceId === undefined || each.logicalId === LogicalResourceId))
      .map((each) => ({ StackId: stackId(ground, stack), StackName: stack, Timestamp: ground.startedAt, ...resource(ground, each) })),
  );

/** The stacks of the synthesised app, for finding what things are really called. */
export const cloudFormation: OwnService = (ground) => (operation, input) => {
  switch (operation) {
    case 'DescribeStacks':
      return { Stacks: wanted(ground, input['StackName']).map((stack) => described(ground, stack)) };
    case 'ListStacks':
      return {
        StackSummaries: stacksOf(ground)
          .map((stack) => described(ground, stack))
          .map(({ Outputs: _, ...summary }) => summary),
      };
    case 'ListStackResources':
      return { StackResourceSummaries: resourcesOf(ground, { StackName: input['StackName'] }) };
    case 'DescribeStackResources':
      return { StackResources: resourcesOf(ground, input) };
    case 'DescribeStackResource': {
      const [StackResourceDetail] = resourcesOf(ground, input);
      if (!StackResourceDetail)
        throw new AwsError('ValidationError', `Resource ${String(input['LogicalResourceId'])} does not exist in the stack`);
      return { StackResourceDetail };
    }
    case 'ListExports':
      return {
        Exports: [...ground.template.exports].map(([Name, { stack, value }]) => ({
          ExportingStackId: stackId(ground, stack),
          Name,
          Value: value,
        })),
      };
    default:
      return undefined;
  }
};
