import type { Step, Workflow } from '../../../shared/contracts/workflow.ts';
import { belowInput, expressionIn, nodesOf, parse, readsOf } from '../reads.ts';
import { type Complaint, complaint } from './complaint.ts';
import { replyFields } from './possible.ts';
import type { Where } from './walk.ts';

/** What a machine's input always holds. */
const ALWAYS = ['executionId', 'workflow', 'version', 'incidentId', 'priority', 'summary', 'startedBy'];

interface Wrong {
  readonly cause: string;
  readonly mend: string;
}

const list = (names: readonly string[]): string => names.join(', ') || 'nothing';

const wrongReply = (step: string | undefined, field: string | undefined, { before, node }: Where): Wrong | undefined => {
  const earlier = before.filter((one): one is Step => one.kind === 'step');
  const found = earlier.find(({ name }) => name === step);
  if (!found)
    return {
      cause: `it reads what ${step ?? 'steps'} said, and no such step runs before ${node.name}`,
      mend: `Read said.<step>.<field> of one of ${list(earlier.map(({ name }) => name))}`,
    };
  const fields = Object.keys(replyFields(found.action));
  if (field !== undefined && fields.includes(field)) return undefined;
  return {
    cause: `${found.action} does not declare that its reply says ${field ?? 'all this'}`,
    mend: `Read one of ${list(fields)}, or declare it in workflows/vocabulary`,
  };
};

/** Why a path below `$states.input` is never there, or undefined. */
const wrongPath = ([what, name, field, ...deeper]: readonly string[], where: Where): Wrong | undefined => {
  const { inputs } = where.workflow;
  const placed = Object.values(inputs).some(({ type }) => type === 'location');
  const given = Object.keys(inputs).filter((input) => inputs[input]?.type !== 'location');
  if (what === 'said')
    return deeper.length > 0 ? { cause: 'a reply says scalars only', mend: 'Read said.<step>.<field>' } : wrongReply(name, field, where);
  if (what === 'inputs' && name !== undefined && given.includes(name)) return undefined;
  if (what === 'inputs')
    return {
      cause: `it reads inputs.${name ?? '*'}, which the workflow does not declare`,
      mend: `Declare it, or read one of ${list(given)}`,
    };
  const known = [...ALWAYS, ...(placed ? ['location'] : [])];
  if (what !== undefined && known.includes(what)) return undefined;
  return {
    cause: what === undefined ? 'it reads the whole input' : `it reads $states.input.${what}, which no machine is started with`,
    mend: `Read one of ${known.join(', ')}, inputs.<name> or said.<step>.<field>, or require it in the workflow's inputs`,
  };
};

const maybeAbsent = ([what, name = '']: readonly string[], { inputs }: Workflow): boolean => {
  if (what === 'location') return !Object.values(inputs).some(({ type, required }) => type === 'location' && required);
  return what === 'said' || (what === 'inputs' && inputs[name]?.required !== true);
};

/** What an expression itself asks for with `$exists`. */
const asked = (text: string): string[] =>
  nodesOf(parse(expressionIn(text) ?? ''))
    .filter((node) => node.type === 'function' && (node as { procedure?: { value?: unknown } }).procedure?.value === 'exists')
    .flatMap((call) => nodesOf(call).flatMap((node) => belowInput(node)?.join('.') ?? []));

/** An argument that comes to nothing fails its step: what may be absent is asked for first, by a condition or by `$exists`. */
const unasked = (text: string, path: readonly string[], { conditions, workflow }: Where): boolean => {
  if (!maybeAbsent(path, workflow)) return false;
  const known = [...conditions.flatMap(readsOf).map((read) => read.join('.')), ...asked(text)];
  return !known.includes(path.join('.')) && !(path[0] === 'location' && known.includes('location'));
};

/** Complaints about what an expression reads. `field` is where in the node it stands: `when`, `until` or `with.…`. */
export const checkReads = (text: string, where: Where, field: string): Complaint[] => {
  const place = `${where.place}.${field}`;
  return readsOf(text).flatMap((path) => {
    const wrong = wrongPath(path, where);
    if (wrong) return [complaint('INPUT_NEVER_PRODUCED', place, wrong.cause, wrong.mend)];
    if (!field.startsWith('with') || !unasked(text, path, where)) return [];
    const mend = "Require it in the workflow's inputs, or put the step under a condition that reads it";
    return [complaint('INPUT_MAY_BE_ABSENT', place, `${path.join('.')} may be absent, and the step would fail for it`, mend)];
  });
};
