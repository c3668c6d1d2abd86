import { AwsError } from '../../kernel/aws-error.ts';
import { busNameOf, type Rule, type RuleSet } from './rules.ts';

type Input = Record<string, unknown>;
type Operation = (input: Input) => Record<string, unknown>;

const describeRule = (rule: Rule): Record<string, unknown> => ({
  Name: rule.name,
  Arn: rule.arn,
  EventBusName: rule.bus,
  EventPattern: rule.patternText,
  State: rule.enabled ? 'ENABLED' : 'DISABLED',
  ...(rule.description === undefined ? {} : { Description: rule.description }),
});

/** The operations that only look. */
export const describing = (buses: ReadonlyMap<string, RuleSet>, region: string, account: string): Readonly<Record<string, Operation>> => {
  const describeBus = (name: string) => ({ Name: name, Arn: `arn:aws:events:${region}:${account}:event-bus/${name}` });
  const busIn = (name: unknown): [string, RuleSet] => {
    const bus = busNameOf(name as string | undefined);
    const rules = buses.get(bus);
    if (!rules) throw new AwsError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
    return [bus, rules];
  };
  const ruleIn = (input: Input, name: unknown): Rule => {
    const [bus, rules] = busIn(input.EventBusName);
    const rule = rules.get(String(name));
    if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${String(name)} does not exist on EventBus ${bus}.`);
    return rule;
  };
  const startsWith = (prefix: unknown) => (name: string) => name.startsWith(String(prefix ?? ''));

  return {
    ListEventBuses: ({ NamePrefix }) => ({ EventBuses: [...buses.keys()].filter(startsWith(NamePrefix)).map(describeBus) }),
    DescribeEventBus: ({ Name }) => describeBus(busIn(Name)[0]),
    ListRules: (input) => ({
      Rules: busIn(input.EventBusName)[1]
        .all()
        .filter(({ name }) => startsWith(input.NamePrefix)(name))
        .map(describeRule),
    }),
    DescribeRule: (input) => describeRule(ruleIn(input, input.Name)),
    ListTargetsByRule: (input) => ({ Targets: ruleIn(input, input.Rule).outlets.map(({ target }) => target) }),
  };
};
