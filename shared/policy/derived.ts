import { eventKey, type NormalizedEvent } from '../contracts/event.ts';
import type { Fact } from '../contracts/policy.ts';
import type { Source } from '../contracts/vocabulary.ts';

/** What an ordinary event of an authoritative source attests besides, and for how long. */
interface Attests {
  readonly sources: readonly Source[];
  readonly kind: 'exigency' | 'violence-observed';
  /** The exigency's basis, in the words of FS 934.50(4)(c), or what was seen. */
  readonly what: string;
  readonly minutes: number;
  readonly unless?: (data: NormalizedEvent['data']) => boolean;
}

const DANGER = 'imminent danger to life';
const officers = ['officer_safety', 'cad_system'] as const;
const calls = ['cad_system', 'dispatch'] as const;

/** A tip, a score and a neighbour's word attest nothing. A credible threat does not either: it is somebody's judgement, so a person states the fact. */
const attested: Readonly<Record<string, Attests>> = {
  'gunshot.detected': { sources: ['gunshot_detection'], kind: 'exigency', what: DANGER, minutes: 30 },
  'call.shots-fired': { sources: calls, kind: 'exigency', what: DANGER, minutes: 30 },
  'panic.active-shooter': { sources: ['sensor_grid', ...officers], kind: 'exigency', what: DANGER, minutes: 60 },
  'call.active-shooter': { sources: calls, kind: 'exigency', what: DANGER, minutes: 60 },
  'panic.school': { sources: ['sensor_grid', 'emergency_mgmt', ...calls], kind: 'exigency', what: DANGER, minutes: 30 },
  'officer.distress': { sources: officers, kind: 'exigency', what: DANGER, minutes: 30 },
  'officer.no-answer': { sources: officers, kind: 'exigency', what: DANGER, minutes: 30 },
  'mass-casualty.declared': { sources: ['cad_system', 'emergency_mgmt'], kind: 'exigency', what: DANGER, minutes: 60 },
  'child.abducted': { sources: ['cad_system', 'investigations'], kind: 'exigency', what: DANGER, minutes: 120 },
  'missing-person.reported': {
    sources: ['cad_system', 'investigations'],
    kind: 'exigency',
    what: 'search for a missing person',
    minutes: 240,
  },
  'pursuit.declared': {
    sources: ['cad_system', 'dispatch', 'officer_safety'],
    kind: 'exigency',
    what: 'imminent escape of a suspect',
    minutes: 15,
    unless: ({ reason }) => reason !== 'violent-crime' && reason !== 'imminent-threat',
  },
  'unrest.violence': {
    sources: ['cad_system', 'dispatch', 'officer_safety'],
    kind: 'violence-observed',
    what: 'violence or damage in a crowd',
    minutes: 60,
  },
  'gang.violence': { sources: ['cad_system'], kind: 'violence-observed', what: 'a violent incident', minutes: 60 },
};

/** Sensors that nobody has looked at must be sure of what they heard. */
const UNATTENDED: readonly Source[] = ['gunshot_detection', 'sensor_grid'];
const CONFIDENT = 0.7;

const attests = ({ type, source, confidence, data }: NormalizedEvent): Attests | undefined => {
  const known = Object.hasOwn(attested, type) ? attested[type] : undefined;
  if (!known?.sources.includes(source) || data['reviewed'] === false || known.unless?.(data)) return undefined;
  return UNATTENDED.includes(source) && confidence < CONFIDENT ? undefined : known;
};

/**
 * Counted from when it happened, not from when we were told: danger was imminent then. A record that arrives late, or is replayed years later,
 * attests the rest of its time or nothing; it still tells and sends officers, for whom no exigency is needed. A clock ahead of ours gains nothing.
 */
export const derived = (event: NormalizedEvent): Fact[] => {
  const known = attests(event);
  if (!known || !event.incidentId) return [];
  const { kind, what, minutes } = known;
  const from = Math.min(Date.parse(event.occurredAt), Date.parse(event.receivedAt));
  const expiresAt = new Date(from + minutes * 60_000).toISOString();
  const value: Fact['value'] = kind === 'exigency' ? { basis: what, by: event.source, until: expiresAt } : { what, by: event.source };
  const { source, receivedAt: recordedAt } = event;
  const observedAt = new Date(from).toISOString();
  return [{ subject: `incident/${event.incidentId}`, kind, value, source, eventKey: eventKey(event), observedAt, recordedAt, expiresAt }];
};
