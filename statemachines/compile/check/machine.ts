import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { validate } from '../../interpret/validate/validate.ts';
import type { Machine } from '../asl.ts';
import { compile } from '../compile.ts';
import { type Complaint, complaint } from './complaint.ts';

/** What AWS takes: bytes of a definition, characters of a state's name, bytes that one state hands to the next. */
const DEFINITION_BYTES = 1_048_576;
const NAME_LENGTH = 80;
const STATE_BYTES = 262_144;

/** What a machine is started with, and what its steps' replies add (`said`: scalars, each declared), is taken to be at most this. */
const INPUT_BYTES = 8_192;

interface Part {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, { readonly Branches?: readonly Part[] }>>;
}

const statesOf = ({ States }: Part): [string, { readonly Branches?: readonly Part[] }][] =>
  Object.entries(States).flatMap(([name, state]) => [[name, state] as [string, typeof state], ...(state.Branches ?? []).flatMap(statesOf)]);

/** What is wrong with a machine as AWS would see it; a workflow without other complaints should give none but of its size. */
export const checkMachine = (machine: Machine, name: string): Complaint[] => {
  const states = statesOf(machine as unknown as Part);
  const names = states.map(([state]) => state);
  const place = (state: string): string => `${name}.${state}`;
  return [
    ...(JSON.stringify(machine).length > DEFINITION_BYTES
      ? [complaint('DEFINITION_TOO_LARGE', name, 'its machine is larger than the 1 MB that AWS takes', 'Split it, and chain the parts')]
      : []),
    ...names
      .filter((state, at) => names.indexOf(state) !== at)
      .map((state) => complaint('DUPLICATE_NAME', place(state), 'two states of the machine have this name', 'Rename the node')),
    ...names
      .filter((state) => state.length > NAME_LENGTH)
      .map((state) =>
        complaint('NAME_TOO_LONG', place(state), `a state's name has at most ${NAME_LENGTH} characters`, 'Shorten the name of its node'),
      ),
    ...states
      .filter(([, { Branches = [] }]) => Branches.length * INPUT_BYTES > STATE_BYTES)
      .map(([state]) =>
        complaint(
          'OUTPUT_TOO_LARGE',
          place(state),
          'its branches together hand on more than the 256 KB that AWS takes',
          'Put fewer side by side',
        ),
      ),
    ...validate(JSON.parse(JSON.stringify(machine))).map(({ place: at, cause, mend }) =>
      complaint('MACHINE_REFUSED', `${name}${at.replaceAll('/', '.')}`, cause, mend),
    ),
  ];
};

export const checkCompiled = (workflow: Workflow): Complaint[] => checkMachine(compile(workflow), workflow.name);
