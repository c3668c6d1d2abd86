import type * as z from 'zod';
import type { Step } from '../../../shared/contracts/workflow.ts';
import { LIFE_SAFETY_REVIEW } from '../../../workflows/language/define.ts';
import { type ActionSpec, vocabulary } from '../../../workflows/vocabulary/index.ts';
import { expressionIn } from '../reads.ts';
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
    ...literal(step, place),
  ];
};
