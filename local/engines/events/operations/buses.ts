import { AwsError } from '../../../kernel/aws-error.ts';
import { type Bus, type BusProperties, policyText, type Statement } from '../buses.ts';
import { type Desk, type Input, invalid, type Operations, optionalText, page, startsWith, textIn } from './operation.ts';

const described = ({ name, arn, properties, statements, createdAt }: Bus): Record<string, unknown> => ({
  Arn: arn,
  Name: name,
  Description: properties.Description,
  KmsKeyIdentifier: properties.KmsKeyIdentifier,
  DeadLetterConfig: properties.DeadLetterConfig,
  Policy: statements.length === 0 ? undefined : policyText(statements),
  CreationTime: new Date(createdAt),
  LastModifiedTime: new Date(createdAt),
});

/** PutPermission's short form, as a statement: an account may put events. */
const shortStatement = (input: Input, busArn: string): Statement => {
  const principal = textIn(input, 'Principal');
  if (textIn(input, 'Action') !== 'events:PutEvents') throw invalid("Provided value in parameter 'action' is not supported.");
  const condition = input['Condition'] as { Type: string; Key: string; Value: string } | undefined;
  return {
    Sid: textIn(input, 'StatementId'),
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action: 'events:PutEvents',
    Resource: busArn,
    ...(condition ? { Condition: { [condition.Type]: { [condition.Key]: condition.Value } } } : {}),
  };
};

const wholePolicy = (text: string): readonly Statement[] => {
  try {
    const { Statement } = JSON.parse(text) as { Statement?: Statement | Statement[] };
    if (Statement) return Array.isArray(Statement) ? Statement : [Statement];
  } catch {
    // refused below
  }
  throw new AwsError('InvalidEventPatternException', 'The policy is not a JSON document with a Statement.');
};

/** Event buses and their policies. */
export const busOperations = ({ ground, state, checkPolicy }: Desk): Operations => {
  const { buses, commit } = state;
  const putPolicy = (bus: Bus, statements: readonly Statement[]): void => {
    try {
      checkPolicy(policyText(statements));
    } catch (error) {
      throw invalid(`The policy cannot be judged: ${(error as Error).message}`);
    }
    commit({ op: 'policy', bus: bus.name, statements });
  };
  return {
    CreateEventBus: (input) => {
      const Name = textIn(input, 'Name');
      if (!/^[.\-_A-Za-z0-9]{1,256}$/.test(Name) || Name === 'default') throw invalid(`Event bus name ${Name} is not valid.`);
      if (buses.has(Name)) throw new AwsError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
      const { Description, KmsKeyIdentifier, DeadLetterConfig } = input;
      const properties = { Name, Description, KmsKeyIdentifier, DeadLetterConfig } as BusProperties;
      commit({ op: 'bus', properties, at: ground.scheduler.now() });
      const arn = state.arnOf('event-bus', Name);
      const tags = (input['Tags'] ?? []) as { Key: string; Value: string }[];
      if (tags.length > 0) commit({ op: 'tags', arn, tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) });
      return { EventBusArn: arn, Description };
    },
    DeleteEventBus: (input) => {
      const Name = textIn(input, 'Name');
      if (Name === 'default') throw invalid('Cannot delete event bus default.');
      const bus = buses.get(Name);
      if (!bus) return {};
      if (bus.rules.all().length > 0) throw invalid(`Cannot delete event bus ${Name} since it has rules.`);
      commit({ op: 'bus-gone', name: Name });
      return {};
    },
    DescribeEventBus: ({ Name }) => described(state.bus(Name)),
    ListEventBuses: (input) => {
      const { items, NextToken } = page(
        [...buses.values()].filter(({ name }) => startsWith(input['NamePrefix'], name)),
        input,
      );
      return { EventBuses: items.map(described), NextToken };
    },
    PutPermission: (input) => {
      const bus = state.bus(input['EventBusName']);
      const whole = optionalText(input['Policy']);
      if (whole !== undefined) {
        putPolicy(bus, wholePolicy(whole));
        return {};
      }
      const statement = shortStatement(input, bus.arn);
      putPolicy(bus, [...bus.statements.filter(({ Sid }) => Sid !== statement.Sid), statement]);
      return {};
    },
    RemovePermission: (input) => {
      const bus = state.bus(input['EventBusName']);
      const left = input['RemoveAllPermissions'] === true ? [] : bus.statements.filter(({ Sid }) => Sid !== textIn(input, 'StatementId'));
      if (left.length === bus.statements.length)
        throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
      putPolicy(bus, left);
      return {};
    },
  };
};
