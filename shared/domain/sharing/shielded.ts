import type { NormalizedEvent } from '../../contracts/event.ts';
import type { Fact } from '../../contracts/policy.ts';

/** Events whose victim the law shields: Fla. Stat. 119.071(2)(h), 741.29(2); Fla. Const. art. I, s. 16(b). */
const OF_VICTIMS: readonly string[] = ['call.domestic-violence', 'dv.reported', 'call.sexual-assault'];

const isJuvenile = ({ kind, value, expiresAt }: Fact, now: number): boolean =>
  kind === 'juvenile' && value['involved'] === true && Date.parse(expiresAt) > now;

/**
 * Whether an event would make a juvenile, a victim or a person in crisis known: then no agreement takes along who or what is in it, as the guardrail
 * juvenile-and-victim-privacy has it for partners' indexes. `facts` are those about its incident. Pure.
 */
export const isShielded = ({ type, category }: NormalizedEvent, facts: readonly Fact[], now: number): boolean =>
  OF_VICTIMS.includes(type) || category === 'HUMAN_STABILITY' || facts.some((fact) => isJuvenile(fact, now));
