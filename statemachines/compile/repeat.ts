import type { Node, Repeat } from '../../shared/contracts/workflow.ts';
import { leave, SAME_INPUT, type State } from './asl.ts';
import { entry, type Scope } from './scope.ts';

const roundVariable = ({ name }: Repeat): string => `$${name}Round`;

/** Rounds within rounds are counted through, so that each round of a step has a number of its own. */
const roundWithin = (node: Repeat, { round }: Scope): string =>
  round === undefined ? roundVariable(node) : `(${round}) * ${node.times} + ${roundVariable(node)}`;

/** Round 0 at once; after each round a look whether it was enough, then a wait. `nodes` compiles what stands inside. */
export const compileRepeat = (
  node: Repeat,
  scope: Scope,
  nodes: (nodes: readonly Node[], scope: Scope) => Record<string, State>,
): Record<string, State> => {
  const { name, every, times, until } = node;
  const round = roundVariable(node);
  const first = node.steps[0] ? entry(node.steps[0]) : '';
  const [onward, leaving] = leave(scope.next, `${name}.ended`);
  const enough = [
    ...(until === undefined ? [] : [{ Condition: until, Next: onward }]),
    { Condition: `{% ${round} + 1 >= ${times} %}`, Next: onward },
  ];
  return {
    [name]: { Type: 'Pass', Assign: { [round.slice(1)]: 0 }, Output: SAME_INPUT, Next: first },
    ...nodes(node.steps, { ...scope, next: `${name}.enough`, round: roundWithin(node, scope) }),
    [`${name}.enough`]: { Type: 'Choice', Choices: enough, Default: `${name}.wait` },
    [`${name}.wait`]: {
      Type: 'Wait',
      Seconds: Math.ceil(every),
      Assign: { [round.slice(1)]: `{% ${round} + 1 %}` },
      Output: SAME_INPUT,
      Next: first,
    },
    ...leaving,
  };
};
