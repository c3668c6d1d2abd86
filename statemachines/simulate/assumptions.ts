import type { AssumedAnswer, SimulationRequest } from '../../shared/contracts/simulation.ts';
import { flatten, type Node, type Step, type Workflow } from '../../shared/contracts/workflow.ts';
import { type Said, unsayable, usualReply } from './said.ts';
import { takesMs } from './takes.ts';

/** Something in a request that does not fit its workflow, by its path in the request. */
export interface Complaint {
  readonly path: string;
  readonly message: string;
}

/** What a simulation takes for granted about the world outside. */
export interface Assumptions {
  readonly fails: (step: string) => boolean;
  readonly isSlow: (step: string) => boolean;
  readonly answerTo: (question: string) => AssumedAnswer;
  /** What its reply says in a round, from 0. */
  readonly saidBy: (step: Step, round: number) => Said;
  readonly takesMs: (step: Step) => number;
  readonly cancelAfterS: number | undefined;
}

type Assumed = Pick<SimulationRequest, 'fail' | 'slow' | 'approvals' | 'said' | 'takes' | 'cancelAfterS'>;

const listed = (words: Assumed['said'][string] | undefined): readonly Said[] => (words === undefined ? [] : [words].flat());

export const assumptionsOf = ({ fail, slow, approvals, said, takes, cancelAfterS }: Assumed): Assumptions => {
  const [failing, silent] = [new Set(fail), new Set(slow)];
  return {
    fails: (step) => failing.has(step),
    isSlow: (step) => silent.has(step),
    answerTo: (question) => approvals[question] ?? 'approve',
    saidBy: ({ name, action }, round) => ({ ...usualReply(action), ...(listed(said[name])[round] ?? listed(said[name]).at(-1)) }),
    takesMs: ({ name, action, within }) => (takes[name] === undefined ? takesMs(action, within) : takes[name] * 1000),
    cancelAfterS,
  };
};

const named = (path: string, given: readonly string[], there: readonly string[], what: string): Complaint[] =>
  given
    .filter((name) => !there.includes(name))
    .map((name) => ({ path, message: `There is no ${what} ${name}; there are ${there.join(', ') || 'none'}` }));

const words = (steps: readonly Step[], said: Assumed['said']): Complaint[] =>
  steps.flatMap(({ name, action }) =>
    listed(said[name])
      .flatMap((words) => Object.entries(words))
      .flatMap(([field, value]) => {
        const why = unsayable(action, field, value);
        return why === undefined ? [] : [{ path: `said.${name}`, message: why }];
      }),
  );

const namesOf = (nodes: readonly Node[]): string[] => nodes.map(({ name }) => name);

/** Assumptions about steps and questions that the workflow does not have. */
export const misfits = ({ steps: nodes }: Workflow, { fail, slow, approvals, said, takes }: Assumed): Complaint[] => {
  const all = flatten(nodes);
  const steps = all.filter((node) => node.kind === 'step');
  const asked = all.filter(({ kind }) => kind === 'step' || kind === 'approval');
  return [
    ...named('fail', fail, namesOf(steps), 'step'),
    ...named('slow', slow, namesOf(steps), 'step'),
    ...named('approvals', Object.keys(approvals), namesOf(asked), 'approval or step'),
    ...named('said', Object.keys(said), namesOf(steps), 'step'),
    ...named('takes', Object.keys(takes), namesOf(steps), 'step'),
    ...words(steps, said),
  ];
};
