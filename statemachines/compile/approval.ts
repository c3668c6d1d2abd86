import { type Approval, type Node, stepsOf } from '../../shared/contracts/workflow.ts';
import { ANY, caught, goTo, retryInvocation, SAME_INPUT, type State, waiting } from './asl.ts';
import { missed, missedName } from './miss.ts';
import { entry, ordinal, roundOf, type Scope } from './scope.ts';

const failureOf = ({ name }: Approval): string => `${name}Failure`;

/** The first asks under the approval's own name, the others climb. */
const stateName = ({ name }: Approval, level: number): string => (level === 0 ? name : `${name}.escalate${level}`);

/** Only a person's no ends the climb: silence, and a question that could not be put, ask the next. */
const catches = (approval: Approval, level: number, last: number) => {
  const no = missedName(approval.name);
  const failure = failureOf(approval);
  if (level === last) return [caught(ANY, failure, no)];
  return [caught(['SWOE.Refused'], failure, no), caught(ANY, failure, stateName(approval, level + 1))];
};

/** What a yes lets happen, as it is written; JSONata that may stand in it is shown, not evaluated. */
const releases = ({ then }: Approval) =>
  stepsOf(then).map(({ name, action, with: values }) => ({
    step: name,
    action,
    with: shownAll(values),
  }));

const shown = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/^\{%\s*([\s\S]*?)\s*%\}$/, '= $1');
  if (Array.isArray(value)) return value.map(shown);
  return value !== null && typeof value === 'object' ? shownAll(value) : value;
};
const shownAll = (values: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shown(value)]));

const first = (nodes: readonly Node[], otherwise: string | null): string | null => (nodes[0] ? entry(nodes[0]) : otherwise);

/** A yes leads into `then`, a no or silence past it, through `otherwise`. `nodes` compiles what stands inside. */
export const compileApproval = (
  approval: Approval,
  scope: Scope,
  nodes: (nodes: readonly Node[], scope: Scope) => Record<string, State>,
): Record<string, State> => {
  const roles = [approval.ask, ...(approval.onSilence === 'escalate' ? approval.escalateTo : [])];
  const { then, otherwise, when: _when, ...question } = approval;
  const command = {
    op: 'ask',
    ordinal: ordinal(scope, approval.name),
    ...roundOf(scope),
    approval: question,
    releases: releases(approval),
  };
  const asking = roles.map((role, level): [string, State] => [
    stateName(approval, level),
    {
      Comment: `Asks ${role}`,
      ...waiting({ ...command, ask: role }, approval.within),
      Retry: [retryInvocation(3)],
      Catch: catches(approval, level, roles.length - 1),
      Output: SAME_INPUT,
      ...goTo(first(then, scope.next)),
    },
  ]);
  const failure = {
    step: approval.name,
    action: 'APPROVAL',
    undo: 'never',
    error: `{% $${failureOf(approval)} %}`,
    ...roundOf(scope),
  } as const;
  return {
    ...Object.fromEntries(asking),
    ...missed(failure, first(otherwise, scope.next)),
    ...nodes(then, { ...scope, behind: [...scope.behind, approval.name] }),
    ...nodes(otherwise, scope),
  };
};
