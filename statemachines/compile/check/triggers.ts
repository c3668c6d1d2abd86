import * as z from 'zod';
import { NormalizedDetail } from '../../../shared/contracts/event.ts';
import { IncidentState } from '../../../shared/contracts/incident.ts';
import { Source } from '../../../shared/contracts/vocabulary.ts';
import type { Pattern, Trigger, Workflow } from '../../../shared/contracts/workflow.ts';
import { AI_SOURCES } from '../../../shared/domain/independent.ts';
import { compilePattern } from '../../../shared/pattern/index.ts';
import { timingOf } from '../../../shared/timing/expression.ts';
import { isZone } from '../../../shared/timing/zone.ts';
import { type Complaint, complaint } from './complaint.ts';

const FIELDS: Readonly<Partial<Record<Trigger['kind'], readonly string[]>>> = {
  EVENT: Object.keys(NormalizedDetail.shape),
  CONDITION: Object.keys(IncidentState.shape),
};

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** AI sources that a pattern lets in by name or by a matcher; an event from any source is from those too. A condition's facts have their own authority. */
const scorers = (kind: Trigger['kind'], pattern: Pattern): Source[] => {
  const field = kind === 'CONDITION' ? 'sources' : 'source';
  const wanted = pattern[field];
  if (wanted === undefined) return kind === 'EVENT' ? [...AI_SOURCES] : [];
  const { matches } = compilePattern({ [field]: wanted });
  return AI_SOURCES.filter((ai) => matches({ [field]: ai }));
};

const checkScores = (kind: Trigger['kind'], pattern: Pattern, place: string): Complaint[] => {
  const admitted = scorers(kind, pattern);
  if (admitted.length === 0) return [];
  const cause = `${admitted.join(', ')} may start it: that is a score, and no score starts a response`;
  return [complaint('SCORE_STARTS_NOTHING', place, cause, 'Name who observed something, in `source`')];
};

/** What a pattern says of sources and fields that could never be, or must not be. */
const checkPattern = (kind: Trigger['kind'], pattern: Pattern, place: string): Complaint[] => {
  const fields = FIELDS[kind];
  const sources = strings(pattern[kind === 'CONDITION' ? 'sources' : 'source']);
  const unknown = [
    ...Object.keys(pattern).filter((field) => fields && !fields.includes(field)),
    ...sources.filter((source) => !Source.safeParse(source).success),
  ];
  return [
    ...unknown.map((what) =>
      complaint(
        'PATTERN_NEVER_MATCHES',
        `${place}.pattern`,
        `there is no "${what}" to match`,
        `Name one of ${z.util.joinValues([...(fields ?? Source.options)], ', ')}`,
      ),
    ),
    ...checkScores(kind, pattern, `${place}.pattern.source`),
  ];
};

const checkWhen = ({ at, timezone }: Extract<Trigger, { kind: 'SCHEDULE' }>, place: string): Complaint[] => [
  ...(timingOf(at, 'UTC') === undefined || at.startsWith('at(')
    ? [
        complaint(
          'SCHEDULE_NEVER_COMES',
          `${place}.at`,
          `"${at}" is no schedule`,
          'Write cron(minutes hours day-of-month month day-of-week year) or rate(5 minutes)',
        ),
      ]
    : []),
  ...(isZone(timezone)
    ? []
    : [complaint('SCHEDULE_NEVER_COMES', `${place}.timezone`, `"${timezone}" is no time zone`, "Write it like 'America/New_York'")]),
];

const checkTrigger = (trigger: Trigger, place: string): Complaint[] => {
  const mend = 'Write it with event({ … }), condition({ … }) or chain(…)';
  if (trigger.kind === 'SCHEDULE') return checkWhen(trigger, place);
  const pattern = 'pattern' in trigger ? trigger.pattern : undefined;
  if (!pattern)
    return trigger.kind === 'EVENT'
      ? [complaint('TRIGGER_WITHOUT_PATTERN', place, 'an EVENT trigger without a pattern starts nothing', mend)]
      : [];
  try {
    compilePattern(pattern);
  } catch (error) {
    return [complaint('PATTERN_DOES_NOT_PARSE', place, (error as Error).message, mend)];
  }
  return checkPattern(trigger.kind, pattern, place);
};

/** What starts a workflow, one trigger after the other. */
export const checkTriggers = ({ name, on }: Workflow): Complaint[] =>
  on.flatMap((trigger, at) => checkTrigger(trigger, `${name}.on.${at}`));
