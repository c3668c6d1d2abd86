import * as z from 'zod';
import { NormalizedDetail } from '../../../shared/contracts/event.ts';
import { IncidentState } from '../../../shared/contracts/incident.ts';
import { Source } from '../../../shared/contracts/vocabulary.ts';
import type { Pattern, Trigger, Workflow } from '../../../shared/contracts/workflow.ts';
import { compilePattern } from '../../../shared/pattern/index.ts';
import { timingOf } from '../../../shared/timing/expression.ts';
import { isZone } from '../../../shared/timing/zone.ts';
import { type Complaint, complaint } from './complaint.ts';

/** Sources whose word is a judgement of a machine: a score may raise a severity, and starts nothing. */
export const AI_SOURCES: readonly Source[] = ['ai_sentinel', 'ai_personas', 'predictive_intel', 'human_stability', 'moral_compass'];

const FIELDS: Readonly<Partial<Record<Trigger['kind'], readonly string[]>>> = {
  EVENT: Object.keys(NormalizedDetail.shape),
  CONDITION: Object.keys(IncidentState.shape),
};

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

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
    ...sources
      .filter((source) => AI_SOURCES.some((ai) => ai === source))
      .map((source) =>
        complaint(
          'SCORE_STARTS_NOTHING',
          `${place}.pattern.source`,
          `${source} scores, and no score starts a response`,
          'Name who observed something',
        ),
      ),
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
