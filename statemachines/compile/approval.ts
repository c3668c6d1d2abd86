import type { Approval } from '../../shared/contracts/workflow.ts';
import { ANY, caught, goTo, type Next, retryInvocation, SAME_INPUT, type State, waiting } from './asl.ts';
import { missed, missedName } from './miss.ts';
import { ordinal, type Scope } from './scope.ts';

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

/** `yes` is where an approval leads; a no, or silence, leads past `then`. */
export const compileApproval = (approval: Approval, yes: Next, scope: Scope): Record<string, State> => {
  const roles = [approval.ask, ...(approval.onSilence === 'escalate' ? approval.escalateTo : [])];
  const { then: _then, ...question } = approval;
  const asking = roles.map((role, level): [string, State] => [
    stateName(approval, level),
    {
      Comment: `Asks ${role}`,
      ...waiting({ op: 'ask', ordinal: ordinal(scope, approval.name), approval: question, ask: role }, approval.within),
      Retry: [retryInvocation(3)],
      Catch: catches(approval, level, roles.length - 1),
      Output: SAME_INPUT,
      ...goTo(yes),
    },
  ]);
  const miss = missed({ step: approval.name, action: 'APPROVAL', undo: 'never', error: `{% $${failureOf(approval)} %}` }, scope.next);
  return { ...Object.fromEntries(asking), ...miss };
};
