import { flatten, type Node, type Repeat } from '../../shared/contracts/workflow.ts';
import { leave, SAME_INPUT, type State, withoutSaid } from './asl.ts';
import { entry, type Scope } from './scope.ts';

const roundVariable = ({ name }: Repeat): string => `$${name}Round`;

/** Rounds within rounds are counted through, so that each round of a step has a number of its own. */
const roundWithin = (node: Repeat, { round }: Scope): string =>
  round === undefined ? roundVariable(node) : `(${round}) * ${node.times} + ${roundVariable(node)}`;

/** A round begins with nothing said: a step that misses in it must not be heard with its last round's word. */
const begins = ({ steps }: Repeat, { told }: Scope): string => {
  const inside = flatten(steps).flatMap(({ name }) => (told.has(name) ? [name] : []));
  return inside.length > 0 ? withoutSaid(inside) : SAME_INPUT;
};

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
    [name]: { Type: 'Pass', Assign: { [round.slice(1)]: 0 }, Output: begins(node, scope), Next: first },
    ...nodes(node.steps, { ...scope, next: `${name}.enough`, round: roundWithin(node, scope) }),
    [`${name}.enough`]: { Type: 'Choice', Choices: enough, Default: `${name}.wait` },
    [`${name}.wait`]: {
      Type: 'Wait',
      Seconds: Math.ceil(every),
      Assign: { [round.slice(1)]: `{% ${round} + 1 %}` },
      Output: begins(node, scope),
      Next: first,
    },
    ...leaving,
  };
};
