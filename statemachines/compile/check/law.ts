import type { Step, Workflow } from '../../../shared/contracts/workflow.ts';
import type { Topic } from '../../../workflows/vocabulary/spec.ts';
import { type Complaint, complaint } from './complaint.ts';
import { NEVER_AUTOMATIC } from './never-automatic.ts';
import { canHold } from './possible.ts';
import { isStep, type Where } from './walk.ts';

/** A broadcast about these reaches so many in fear that two persons answer for it. */
const TWO_PERSONS: readonly Topic[] = ['active-shooter', 'mass-casualty', 'natural-disaster', 'terrorist-threat', 'school-threat'];

const secondPerson = ({ node: { action, with: values }, behind, place }: Where<Step>): Complaint[] =>
  action === 'EMERGENCY_BROADCAST' &&
  TWO_PERSONS.some((topic) => topic === values['topic']) &&
  !behind.some(({ second }) => second !== undefined)
    ? [
        complaint(
          'SECOND_PERSON_MISSING',
          place,
          `a broadcast about ${String(values['topic'])} goes out on one person's yes`,
          'Put it behind an approval with `second`',
        ),
      ]
    : [];

/** What was fused or only heard of alerts a supervisor; to lock or to broadcast on it takes a person's yes in that run. */
const hearsay = ({ node: { action }, behind, conditions, workflow, place }: Where<Step>): Complaint[] => {
  if (behind.length > 0 || (action !== 'LOCKDOWN_INITIATE' && action !== 'EMERGENCY_BROADCAST')) return [];
  const heard = workflow.on.filter(
    (trigger) => trigger.kind === 'EVENT' && [trigger.pattern?.['source'] ?? []].flat().includes('partner_agency'),
  );
  const fused = workflow.on.filter(({ kind }) => kind === 'CONDITION');
  const possible = (kind: 'EVENT' | 'CONDITION'): boolean => canHold(conditions, workflow, { startedBy: kind });
  if (!(heard.length > 0 && possible('EVENT')) && !(fused.length > 0 && possible('CONDITION'))) return [];
  const cause = `${action} may follow from a CONDITION or from what a partner agency says, without a person's yes`;
  return [
    complaint(
      'HEARSAY_LOCKS',
      place,
      cause,
      "Put it behind an approval, or under a condition that such a run does not meet: startedBy('EVENT')",
    ),
  ];
};

const HEALTH_RECIPIENTS = ['hospitals', '988', 'facility'];
const PURPOSE = /^45 CFR 164\.51[02]\(/;

const health = ({ node: { action, with: values, legalBasis = '' }, place }: Where<Step>): Complaint[] => {
  const notice = action === 'NOTIFICATION_SEND' && HEALTH_RECIPIENTS.includes(String(values['to']));
  if (!(notice || action === 'HUMAN_STABILITY_ALERT' || action === 'CO_RESPONDER_DISPATCH') || PURPOSE.test(legalBasis)) return [];
  return [
    complaint(
      'HEALTH_WITHOUT_BASIS',
      `${place}.legalBasis`,
      `${action} passes health data without a purpose`,
      "Say legalBasis: '45 CFR 164.512(j)', or which paragraph it is",
    ),
  ];
};

/** A reader is asked for one plate, in a case and for a purpose; where somebody has driven before is a search of its own. */
const plates = ({ node: { with: values }, behind, place }: Where<Step>): Complaint[] => {
  const what = String(values['what'] ?? '');
  if (!what.startsWith('lpr-')) return [];
  return [
    ...(values['caseNumber'] !== undefined && values['purpose'] !== undefined
      ? []
      : [
          complaint(
            'PLATE_WITHOUT_CASE',
            `${place}.with`,
            'readers are asked for a plate without a case and a purpose',
            'Give caseNumber and purpose',
          ),
        ]),
    ...(what === 'lpr-history' && behind.length === 0
      ? [complaint('UNAPPROVED_SEARCH', place, "a plate's history is searched and no person approves it", "Put it in an approval's then")]
      : []),
  ];
};

const neverAutomatic = (workflow: Workflow, steps: readonly Where<Step>[]): Complaint[] =>
  NEVER_AUTOMATIC.flatMap(({ item, sentence, violates, starts }) => {
    const say = (place: string) =>
      complaint('NEVER_AUTOMATIC', place, `${item}: ${sentence}`, 'Leave it to the person whose decision it is');
    return [
      ...steps.filter((where) => violates?.(where)).map(({ place }) => say(place)),
      ...workflow.on.flatMap((trigger, at) => (starts?.(trigger, workflow) ? [say(`${workflow.name}.on.${at}`)] : [])),
    ];
  });

/** What the law, or the city, lets no workflow do. */
export const checkLaw = (workflow: Workflow, nodes: readonly Where[]): Complaint[] => {
  const steps = nodes.filter(isStep);
  return [
    ...steps.flatMap((step) => [...secondPerson(step), ...hearsay(step), ...health(step), ...plates(step)]),
    ...neverAutomatic(workflow, steps),
  ];
};
