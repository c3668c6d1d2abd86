import type { Node, Workflow } from '../../../shared/contracts/workflow.ts';
import { type Complaint, complaint } from './complaint.ts';
import type { Where } from './walk.ts';

const total = (nodes: readonly Node[]): number => nodes.reduce((sum, node) => sum + longest(node), 0);

/** Seconds that a node takes where everybody it asks is silent, and nothing is held: a silence is not tried again. */
const longest = (node: Node): number => {
  if (node.kind === 'step') return node.within + (node.waits ?? 0);
  if (node.kind === 'parallel') return Math.max(0, ...Object.values(node.branches).map(total));
  if (node.kind === 'repeat') return node.times * total(node.steps) + (node.times - 1) * node.every;
  return node.within * (1 + node.escalateTo.length) + Math.max(total(node.then), total(node.otherwise));
};

const tooLong = (place: string, seconds: number, what: string, { timeout }: Workflow): Complaint[] =>
  seconds > timeout
    ? [
        complaint(
          'TIMEOUT_TOO_LONG',
          place,
          `${what} ${seconds} s, longer than the workflow's ${timeout} s`,
          'Shorten it or lengthen the workflow',
        ),
      ]
    : [];

/** A clock that the run's own deadline would always cut. */
export const checkClock = ({ node, place, workflow }: Where): Complaint[] => {
  if (node.kind === 'step')
    return [
      ...tooLong(`${place}.within`, node.within, 'it waits', workflow),
      ...tooLong(`${place}.waits`, node.waits ?? 0, 'it waits for units', workflow),
    ];
  if (node.kind === 'approval')
    return tooLong(
      `${place}.within`,
      node.within * (1 + node.escalateTo.length),
      'its question waits, asked of everybody in turn,',
      workflow,
    );
  return node.kind === 'repeat' ? tooLong(`${place}.times`, longest(node), 'its rounds take up to', workflow) : [];
};

/** Seconds of a run in which nobody answers and nothing is held. */
export const longestWay = ({ steps }: Workflow): number => total(steps);

/** Such a run must still reach its own end, where units are released and the record is closed. */
export const checkWay = (workflow: Workflow): Complaint[] =>
  tooLong(`${workflow.name}.timeout`, longestWay(workflow), 'where nobody answers, its longest way takes', workflow);
