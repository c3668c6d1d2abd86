import { AwsError } from '../../../kernel/aws-error.ts';
import { busNameOf, type Rule, type RuleProperties, ruleOf, type Target } from '../rules.ts';
import { type Desk, type Input, invalid, type Operations, optionalText, page, startsWith, textIn } from './operation.ts';

const MAX_ENTRIES = 10;

const described = (rule: Rule): Record<string, unknown> => ({
  Name: rule.name,
  Arn: rule.arn,
  EventBusName: rule.bus,
  EventPattern: rule.patternText,
  ScheduleExpression: rule.properties.ScheduleExpression,
  State: rule.properties.State ?? 'ENABLED',
  Description: rule.properties.Description,
  RoleArn: rule.properties.RoleArn,
});

/** Rules and their targets. */
export const ruleOperations = ({ ground, state, clock }: Desk): Operations => {
  const { region, account } = ground;
  const ruleIn = (input: Input, member: string): Rule => {
    const bus = state.bus(input['EventBusName']);
    const name = textIn(input, member);
    const rule = bus.rules.get(name);
    if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus.name}.`);
    return rule;
  };
  const put = (properties: RuleProperties): Rule => {
    const rule = ruleOf(properties, region, account);
    state.commit({ op: 'rule', properties });
    clock.look(rule.name);
    return rule;
  };
  const switched = (State: string) => (input: Input) => {
    put({ ...ruleIn(input, 'Name').properties, State });
    return {};
  };
  const rulesIn = (input: Input): Rule[] => state.bus(input['EventBusName']).rules.all();

  return {
    PutRule: (input) => {
      const bus = state.bus(input['EventBusName']);
      const { Name, Description, EventPattern, ScheduleExpression, State, RoleArn } = input as unknown as RuleProperties;
      const known = bus.rules.get(String(Name));
      const rule = put({
        Name,
        EventBusName: bus.name,
        Description,
        EventPattern: optionalText(EventPattern),
        ScheduleExpression,
        State,
        RoleArn,
        Targets: known?.properties.Targets,
      });
      const tags = (input['Tags'] ?? []) as { Key: string; Value: string }[];
      if (!known && tags.length > 0)
        state.commit({ op: 'tags', arn: rule.arn, tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) });
      return { RuleArn: rule.arn };
    },
    DeleteRule: (input) => {
      const bus = state.bus(input['EventBusName']);
      const rule = bus.rules.get(textIn(input, 'Name'));
      if (!rule) return {};
      if (rule.outlets.length > 0) throw invalid("Rule can't be deleted since it has targets.");
      state.commit({ op: 'rule-gone', bus: bus.name, name: rule.name });
      clock.look(rule.name);
      return {};
    },
    EnableRule: switched('ENABLED'),
    DisableRule: switched('DISABLED'),
    DescribeRule: (input) => described(ruleIn(input, 'Name')),
    ListRules: (input) => {
      const { items, NextToken } = page(
        rulesIn(input).filter(({ name }) => startsWith(input['NamePrefix'], name)),
        input,
      );
      return { Rules: items.map(described), NextToken };
    },
    PutTargets: (input) => {
      const { properties } = ruleIn(input, 'Rule');
      const targets = (input['Targets'] ?? []) as Target[];
      if (targets.length === 0 || targets.length > MAX_ENTRIES) throw invalid(`Targets must have between 1 and ${MAX_ENTRIES} members.`);
      const ids = new Set(targets.map(({ Id }) => Id));
      put({ ...properties, Targets: [...(properties.Targets ?? []).filter(({ Id }) => !ids.has(Id)), ...targets] });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets: (input) => {
      const { properties } = ruleIn(input, 'Rule');
      const ids = new Set((input['Ids'] ?? []) as string[]);
      const known = properties.Targets ?? [];
      put({ ...properties, Targets: known.filter(({ Id }) => !ids.has(Id)) });
      const FailedEntries = [...ids]
        .filter((id) => !known.some(({ Id }) => Id === id))
        .map((TargetId) => ({ TargetId, ErrorCode: 'ResourceNotFoundException', ErrorMessage: 'The target does not exist.' }));
      return { FailedEntryCount: FailedEntries.length, FailedEntries };
    },
    ListTargetsByRule: (input) => {
      const { items, NextToken } = page(ruleIn(input, 'Rule').properties.Targets ?? [], input);
      return { Targets: items, NextToken };
    },
    ListRuleNamesByTarget: (input) => {
      const arn = textIn(input, 'TargetArn');
      const names = rulesIn(input).flatMap(({ name, outlets }) => (outlets.some(({ target }) => target.Arn === arn) ? [name] : []));
      const { items, NextToken } = page(names, input);
      return { RuleNames: items, NextToken };
    },
    TagResource: (input) => {
      const arn = textIn(input, 'ResourceARN');
      const more = ((input['Tags'] ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value] as const);
      state.commit({ op: 'tags', arn: known(arn), tags: { ...state.tags(arn), ...Object.fromEntries(more) } });
      return {};
    },
    UntagResource: (input) => {
      const arn = textIn(input, 'ResourceARN');
      const away = new Set((input['TagKeys'] ?? []) as string[]);
      state.commit({
        op: 'tags',
        arn: known(arn),
        tags: Object.fromEntries(Object.entries(state.tags(arn)).filter(([key]) => !away.has(key))),
      });
      return {};
    },
    ListTagsForResource: (input) => ({
      Tags: Object.entries(state.tags(known(textIn(input, 'ResourceARN')))).map(([Key, Value]) => ({ Key, Value })),
    }),
  };

  /** The ARN of a rule or a bus that is there. */
  function known(arn: string): string {
    const [, kind, path = ''] = /:(rule|event-bus)\/(.+)$/.exec(arn) ?? [];
    const [rule = '', bus = 'default'] = path.split('/').reverse();
    const there = kind === 'event-bus' ? state.buses.has(busNameOf(arn)) : state.buses.get(bus)?.rules.get(rule);
    if (!kind || !there) throw new AwsError('ResourceNotFoundException', `${arn} does not exist.`);
    return arn;
  }
};
