import type { PartnerTerms } from '../../shared/contracts/partner.ts';
import type { FactsStore } from '../../shared/stores/facts.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';
import type { ResourcesStore } from '../../shared/stores/resources.ts';

/** The present as a simulation may read it: facts, incidents, units, and what was agreed with partner systems. Nothing in it writes. */
export interface World {
  readonly facts: Pick<FactsStore, 'about'>;
  readonly incidents: Pick<IncidentsStore, 'standing'>;
  readonly resources: Pick<ResourcesStore, 'free' | 'busy'>;
  readonly partnerTerms: readonly PartnerTerms[];
}
