import type { FactOverrideRequest } from '../contracts/fact.ts';
import type { Fact } from '../contracts/policy.ts';
import type { Role } from '../contracts/vocabulary.ts';
import { AI_SOURCES } from '../domain/independent.ts';
import type { OverrideRule, Replacement } from './kinds/overrides.ts';

/** A year and its end: longer, and it is for good. */
const MOST_HOURS = 366 * 24;
const HOUR_MS = 3_600_000;

/** Why an override is not allowed, and which field of what was asked would have to be another. */
export interface NotAllowed {
  readonly path: 'action' | 'value' | 'until';
  readonly says: string;
}

/** Whether a fact, as it stands, may be withdrawn. What an AI source says always may. */
export const mayWithdraw = ({ source, value }: Fact, { withdraw }: OverrideRule): boolean => {
  if (withdraw === 'yes' || AI_SOURCES.includes(source)) return true;
  return withdraw !== 'no' && Object.entries(withdraw).every(([name, words]) => words.some((word) => word === value[name]));
};

const fits = (word: unknown, stands: unknown, rule: Replacement): boolean => {
  if (!('below' in rule)) return word !== stands && rule.some((one) => one === word);
  return Number.isInteger(word) && typeof stands === 'number' && Number(word) >= rule.least && Number(word) < stands;
};

/** What a field may be replaced by, in words. */
export const inWords = (rule: Replacement): string =>
  'below' in rule ? `a smaller whole number, down to ${rule.least}` : rule.map(String).join(' or ');

const replacing = ({ kind, value }: Fact, { replace, why }: OverrideRule, wanted: Fact['value']): NotAllowed | undefined => {
  const names = Object.keys(replace);
  if (names.length === 0) return { path: 'action', says: `Nothing of a fact of kind "${kind}" is replaced by hand. ${why}` };
  for (const [name, word] of Object.entries(wanted)) {
    const rule = Object.hasOwn(replace, name) ? replace[name] : undefined;
    if (!rule) return { path: 'value', says: `Of a fact of kind "${kind}" only ${names.join(', ')} may be replaced. ${why}` };
    if (!fits(word, value[name], rule)) return { path: 'value', says: `${name} may become ${inWords(rule)}, which it is not yet. ${why}` };
  }
  return undefined;
};

const lasting = ({ mostHours = MOST_HOURS }: OverrideRule, { action, until }: FactOverrideRequest, now: number): NotAllowed | undefined => {
  const most = action === 'withdraw' ? mostHours : MOST_HOURS;
  if (until === 'for-good') {
    return most < MOST_HOURS ? { path: 'until', says: `It may be withdrawn for ${most} h at most: name a time` } : undefined;
  }
  const left = Date.parse(until) - now;
  if (left <= 0) return { path: 'until', says: 'That time is over: name a later one' };
  return left > most * HOUR_MS ? { path: 'until', says: `Not longer than ${most} h` } : undefined;
};

/** Why two persons may not say this of a fact as it stands, or undefined. `now` is ms since the epoch. Pure. */
export const notAllowed = (fact: Fact, rule: OverrideRule | undefined, asked: FactOverrideRequest, now: number): NotAllowed | undefined => {
  if (!rule) return { path: 'action', says: `No fact of kind "${fact.kind}" counts for anything` };
  if (asked.action === 'withdraw' && !mayWithdraw(fact, rule)) {
    return { path: 'action', says: `A fact of kind "${fact.kind}" that says this is not withdrawn by hand. ${rule.why}` };
  }
  return (asked.value && replacing(fact, rule, asked.value)) ?? lasting(rule, asked, now);
};

/** Roles that somebody still has to hold for this, in words; undefined where these persons' do. Each person's roles are a list of their own. */
export const rolesLacking = (
  { by, inCharge }: OverrideRule,
  { action }: FactOverrideRequest,
  persons: readonly (readonly Role[])[],
): string | undefined => {
  if (!persons.every((roles) => roles.some((role) => by.includes(role)))) return `each of the two is a ${by.join(', ')}`;
  const isTwo = persons.length > 1;
  if (action === 'replace' || !inCharge || !isTwo || persons.some((roles) => roles.includes(inCharge))) return undefined;
  return `one of the two is a ${inCharge}`;
};
