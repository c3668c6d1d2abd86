import type * as z from 'zod';
import { MOST_UNITS } from '../../../shared/contracts/resource-allocation.ts';
import { LONGEST_WAIT_S } from '../../../shared/contracts/resource-waiting.ts';
import type { Step } from '../../../shared/contracts/workflow.ts';
import { LIFE_SAFETY_REVIEW } from '../../../workflows/language/define.ts';
import { type ActionSpec, vocabulary } from '../../../workflows/vocabulary/index.ts';
import { expressionIn } from '../reads.ts';
import { checkAbilities } from './abilities.ts';
import { type Complaint, complaint } from './complaint.ts';
import type { Where } from './walk.ts';

/** What is missing or undeclared is wrong whatever an expression yields; a wrong value is only known where it is written out. */
const parameters = (step: Step, { parameters: shape }: ActionSpec, place: string): Complaint[] => {
  const result = shape.safeParse(step.with);
  if (result.success) return [];
  const computed = ({ path }: z.core.$ZodIssue): boolean => {
    const value = step.with[String(path[0])];
    return typeof value === 'string' && expressionIn(value) !== undefined;
  };
  return result.error.issues
    .filter((issue) => issue.path.length === 0 || !computed(issue))
    .map((issue) =>
      complaint(
        'PARAMETERS_DO_NOT_FIT',
        [place, 'with', ...issue.path.map(String)].join('.'),
        issue.message,
        `Give ${step.action} the parameters its entry in workflows/vocabulary declares`,
      ),
    );
};

/** Whether a parameter takes any text or any number. */
const isOpen = ({ shape }: ActionSpec['parameters'], key: string): boolean => {
  const parameter = shape[key];
  return parameter === undefined || parameter.safeParse('{% any text %}').success || parameter.safeParse(Math.E).success;
};

const resources = (step: Step, { mayNeed }: ActionSpec, place: string): Complaint[] =>
  Object.keys(step.needs)
    .filter((type) => !mayNeed.some((allowed) => allowed === type))
    .map((type) =>
      complaint(
        'RESOURCE_NOT_ALLOWED',
        `${place}.needs.${type}`,
        `${step.action} has no use for a ${type}`,
        `Ask for ${mayNeed.join(', ') || 'nothing'}`,
      ),
    );

const rules = (step: Step, spec: ActionSpec, approved: boolean, place: string): Complaint[] => {
  const found: Complaint[] = [];
  const overridden = spec.lifeSafety && step.guardrails.includes(LIFE_SAFETY_REVIEW);
  if (spec.effect === 'irreversible' && !approved && !overridden)
    found.push(
      complaint(
        'UNAPPROVED_IRREVERSIBLE',
        place,
        `${step.action} cannot be taken back and no person approves it`,
        spec.lifeSafety ? "Put it in an approval's then, or declare lifeSafety: { review: '24h' }" : "Put it in an approval's then",
      ),
    );
  if (step.action === 'DRONE_DISPATCH' && !step.legalBasis)
    found.push(complaint('DRONE_WITHOUT_BASIS', place, 'a drone flies without naming its exception', "Say legalBasis: 'FS 934.50(4)(…)'"));
  if (spec.lifeSafety && step.undo === 'auto')
    found.push(
      complaint('LIFE_SAFETY_UNDONE', place, `people rely on ${step.action}, and a machine would undo it`, "Say undo: 'human' or 'never'"),
    );
  if (spec.lifeSafety && step.onFailure !== 'degrade')
    found.push(
      complaint('LIFE_SAFETY_FAILS', place, `the miss of ${step.action} would stop the rest of the response`, "Say onFailure: 'degrade'"),
    );
  if (step.undo === 'auto' && !spec.undo)
    found.push(complaint('NO_WAY_BACK', place, `no machine knows how to undo ${step.action}`, "Say undo: 'human' or 'never'"));
  return found;
};

/** A step waits for units that it needs, that one bundle holds, and only where it does not go out without them. */
const waits = (step: Step, place: string): Complaint[] => {
  if (step.waits === undefined) return [];
  const units = Object.values(step.needs).reduce((sum, count) => sum + count, 0);
  const found = (cause: string, mend: string): Complaint[] => [complaint('WAITS_IN_VAIN', `${place}.waits`, cause, mend)];
  if (units === 0) return found('it waits for units and needs none', 'Say what it needs, or leave `waits` out');
  if (units > MOST_UNITS) return found(`it waits for ${units} units, and one bundle holds ${MOST_UNITS}`, 'Ask for fewer');
  if (step.waits > LONGEST_WAIT_S) return found(`nobody stands in the line for ${step.waits} s`, `Wait for ${LONGEST_WAIT_S} s at most`);
  return vocabulary[step.action].neverWithheld === true
    ? found(`${step.action} goes out without units too, so it never waits for them`, 'Leave `waits` out')
    : [];
};

/** Strings of the definition travel as they are, so none may look like an expression. */
const literal = ({ with: _values, when: _when, ...definition }: Step, place: string): Complaint[] =>
  Object.entries(definition)
    .filter(([, value]) => typeof value === 'string' && expressionIn(value) !== undefined)
    .map(([key]) =>
      complaint('STATIC_EXPRESSION', `${place}.${key}`, 'only `with` and conditions may hold expressions', 'Write the value out'),
    );

/** What is one of a few words, or a promise, is read by law and by reviewers: no machine computes it. */
const computed = (step: Step, { parameters: shape }: ActionSpec, place: string): Complaint[] =>
  Object.entries(step.with)
    .filter(([key, value]) => typeof value === 'string' && expressionIn(value) !== undefined && !isOpen(shape, key))
    .map(([key]) =>
      complaint(
        'COMPUTED_CHOICE',
        `${place}.with.${key}`,
        `${key} is a choice among a few, and would be made by an expression`,
        'Write it out',
      ),
    );

export const checkStep = ({ node: step, place, behind }: Where<Step>): Complaint[] => {
  const spec = vocabulary[step.action];
  return [
    ...rules(step, spec, behind.length > 0, place),
    ...parameters(step, spec, place),
    ...computed(step, spec, place),
    ...resources(step, spec, place),
    ...checkAbilities(step, spec, place),
    ...waits(step, place),
    ...literal(step, place),
  ];
};
