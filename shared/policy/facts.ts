import type { NormalizedEvent } from '../contracts/event.ts';
import type { Fact } from '../contracts/policy.ts';
import { judge } from './assertion.ts';
import { derived } from './derived.ts';

/** The legal facts an event attests. Pure; an expired one may be among them and does not exist for whoever asks later. */
export const factsOf = (event: NormalizedEvent): Fact[] => {
  if (event.type !== 'fact.asserted') return derived(event);
  const judged = judge(event);
  return 'fact' in judged ? [judged.fact] : [];
};

/** Why an assertion writes no fact; undefined when it does, and for events that assert nothing. */
export const factRefusal = (event: NormalizedEvent): string | undefined => {
  if (event.type !== 'fact.asserted') return undefined;
  const judged = judge(event);
  return 'refusal' in judged ? judged.refusal : undefined;
};
