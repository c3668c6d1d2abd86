import type { Category, Priority } from '../../../../shared/contracts/vocabulary.ts';
import { type CapAlert, type CapInfo, CERTAINTY, SEVERITY, URGENCY } from './alert.ts';

/** What an alert is to SWOE. Only `weather.alert` starts anything (natural-disaster-response), and only where the alert is actual, severe and imminent. */

/** Event codes of the Emergency Alert System (47 CFR 11.31(e)) that say more than a category does. */
const BY_CODE: Readonly<Record<string, string>> = {
  // An AMBER alert by CAP is news for those who watch; AMBER itself starts by a child reported missing here, or by attested facts.
  CAE: 'alert.amber',
  BLU: 'alert.blue',
  MEP: 'alert.missing-person',
};

/** Codes of drills and tests, which stations send with the status Actual too. */
const DRILLS = new Set(['DMO', 'NPT', 'NST', 'RMT', 'RWT', 'NMN']);

const BY_CATEGORY: readonly (readonly [CapInfo['category'][number], string])[] = [
  ['Met', 'weather.alert'],
  ['Geo', 'weather.alert'],
  ['Fire', 'alert.fire'],
  ['CBRNE', 'alert.cbrne'],
  ['Health', 'alert.health'],
  ['Env', 'alert.environment'],
  ['Infra', 'alert.infrastructure'],
  ['Transport', 'alert.transport'],
];

export const codesOf = (info: Pick<CapInfo, 'eventCode'> | undefined, name: string): string[] =>
  (info?.eventCode ?? []).filter(({ valueName, value }) => valueName === name && value !== '').map(({ value }) => value);

/** Whether it is meant for real: the status says so, and no code of a drill. */
export const isActual = ({ status, info }: Pick<CapAlert, 'status' | 'info'>): boolean =>
  status === 'Actual' && !info.some((one) => codesOf(one, 'SAME').some((code) => DRILLS.has(code)));

const hazard = (info: CapInfo | undefined): string => {
  if (!info) return 'alert.notice';
  const coded = codesOf(info, 'SAME').flatMap((code) => BY_CODE[code] ?? []);
  const abducted = /\bamber\b|child abduction/i.test(info.event) ? 'alert.amber' : undefined;
  return coded[0] ?? abducted ?? BY_CATEGORY.find(([category]) => info.category.includes(category))?.[1] ?? 'alert.public-safety';
};

/** The event's type; what is not actual has a type of its own, so that nothing that waits for the real thing can take it for that. */
export const typeOf = (alert: CapAlert, info: CapInfo | undefined): string => {
  if (!isActual(alert)) return alert.status === 'Actual' ? 'alert.test' : `alert.${alert.status.toLowerCase()}`;
  if (alert.msgType === 'Ack') return 'alert.acknowledged';
  return alert.msgType === 'Error' ? 'alert.rejected' : hazard(info);
};

const imminent = ({ severity, urgency }: CapInfo): boolean =>
  (severity === 'Extreme' || severity === 'Severe') && (urgency === 'Immediate' || urgency === 'Expected');

const gravity = (info: CapInfo): number[] => [
  imminent(info) ? 0 : 1,
  SEVERITY.indexOf(info.severity),
  URGENCY.indexOf(info.urgency),
  CERTAINTY.indexOf(info.certainty),
  info.language.startsWith('en') ? 0 : 1,
];

/** The gravest block speaks for the alert; of translations of one block the English one. Blocks are never mixed: one's severity with another's urgency is nobody's word. */
export const gravest = (infos: readonly CapInfo[]): CapInfo | undefined =>
  infos.reduce<CapInfo | undefined>((best, info) => {
    if (!best) return info;
    const [a, b] = [gravity(info), gravity(best)];
    const at = a.findIndex((rank, index) => rank !== b[index]);
    return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0) ? info : best;
  }, undefined);

const BY_SEVERITY: Readonly<Record<CapInfo['severity'], Priority>> = {
  Extreme: 'HIGH',
  Severe: 'HIGH',
  Moderate: 'MEDIUM',
  Minor: 'LOW',
  Unknown: 'MEDIUM',
};

/** A cancellation ends help that is under way, so it is not the last to be heard; what is over or no alert waits. */
export const priorityOf = (alert: CapAlert, info: CapInfo | undefined, expired: boolean): Priority => {
  if (!isActual(alert) || alert.msgType === 'Ack' || alert.msgType === 'Error') return 'INFO';
  if (alert.msgType === 'Cancel' || !info) return 'MEDIUM';
  if (expired || info.urgency === 'Past') return 'LOW';
  const certain = info.certainty === 'Observed' || info.certainty === 'Likely';
  return info.severity === 'Extreme' && imminent(info) && certain ? 'CRITICAL' : BY_SEVERITY[info.severity];
};

export const categoryOf = (type: string): Category => (type === 'weather.alert' ? 'EMERGENCY' : 'ALERT');

export const THREAT: Readonly<Record<CapInfo['severity'], number | undefined>> = {
  Extreme: 0.9,
  Severe: 0.7,
  Moderate: 0.4,
  Minor: 0.2,
  Unknown: undefined,
};

/** CAP's own words: Likely is more than 50 %, Possible at most 50 %, Unlikely about 0. Unknown leaves the source's usual word. */
export const CONFIDENCE: Readonly<Record<CapInfo['certainty'], number | undefined>> = {
  Observed: 0.95,
  Likely: 0.75,
  Possible: 0.4,
  Unlikely: 0.1,
  Unknown: undefined,
};
