import type { Role } from '../../../shared/contracts/vocabulary.ts';
import type { Approval, Node, Step } from '../../../shared/contracts/workflow.ts';
import { vocabulary } from '../../../workflows/vocabulary/index.ts';
import { expressionIn } from '../reads.ts';
import { type Complaint, complaint } from './complaint.ts';
import type { Where } from './walk.ts';

/** Who decides nothing in operations, whatever he may look at or run. */
const DECIDES_NOTHING: readonly Role[] = ['viewer', 'admin', 'auditor', 'subsystem'];

/** What a yes to this question alone lets happen: not what waits for a further one. */
const released = (nodes: readonly Node[]): Step[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'step') return [node];
    if (node.kind === 'repeat') return released(node.steps);
    return node.kind === 'parallel' ? released(Object.values(node.branches).flat()) : released(node.otherwise);
  });

/** A look, a search or force: for these an unanswered question means no. */
const isIntrusion = ({ action }: Step): boolean => vocabulary[action].silence === 'refuse' && vocabulary[action].intrusion > 0;

const silence = ({ onSilence, then }: Approval, place: string): Complaint[] =>
  (onSilence === 'refuse' ? [] : released(then).filter(isIntrusion)).map(({ name, action }) =>
    complaint(
      'SILENCE_MUST_REFUSE',
      `${place}.onSilence`,
      `${name} (${action}) is force, a search or surveillance, for which silence means no`,
      "Say onSilence: 'refuse', or ask for it in an approval of its own",
    ),
  );

const roles = ({ ask, second, escalateTo }: Approval, place: string): Complaint[] => {
  const asked = [ask, ...escalateTo];
  const idle = [...new Set([...asked, ...(second ? [second] : [])])].filter((role) => DECIDES_NOTHING.includes(role));
  return [
    ...idle.map((role) =>
      complaint('ROLE_DECIDES_NOTHING', place, `a ${role} approves no operations`, 'Ask somebody in the chain of command'),
    ),
    ...(new Set(asked).size < asked.length
      ? [
          complaint(
            'ESCALATES_IN_CIRCLES',
            `${place}.escalateTo`,
            'it asks the same role twice',
            'Let each step of the climb ask somebody else',
          ),
        ]
      : []),
  ];
};

export const checkApproval = ({ node, place }: Where<Approval>): Complaint[] => [
  ...(node.then.length === 0
    ? [complaint('EMPTY_APPROVAL', place, 'a yes would lead to nothing', 'Put into `then` what is asked for')]
    : []),
  ...roles(node, place),
  ...silence(node, place),
  ...(expressionIn(node.question) === undefined
    ? []
    : [complaint('STATIC_EXPRESSION', `${place}.question`, 'a question is shown as it is written', 'Write the question out')]),
];
