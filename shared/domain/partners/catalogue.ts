import type { Exchange, PartnerId } from '../../contracts/partner.ts';

/** An agency is told, a switch carries questions to other states, and an index is asked and entered into: docs/partners.md. */
export const exchangesWith: Readonly<Record<PartnerId, readonly Exchange[]>> = {
  fbi: ['tell'],
  dhs: ['tell'],
  dea: ['ask', 'tell'],
  state: ['ask', 'tell'],
  ncic: ['ask', 'tell'],
  nlets: ['ask'],
};
