import type { PartnerId } from '../../contracts/partner.ts';
import type { Source } from '../../contracts/vocabulary.ts';

/** index: records are looked for there. agency: people there are told. switch: it carries questions to other states. */
type PartnerKind = 'index' | 'agency' | 'switch';

interface PartnerEntry {
  readonly title: string;
  readonly kinds: readonly PartnerKind[];
  /** Who of the city's subsystems speaks with it: `fusion_cloud` where it is asked, `emergency_mgmt` where people there are told. */
  readonly through: readonly Source[];
}

/** What the partner systems are; with whom something was agreed says the stage. */
export const catalogue: Readonly<Record<PartnerId, PartnerEntry>> = {
  fbi: { title: 'FBI, joint terrorism task force', kinds: ['agency'], through: ['emergency_mgmt', 'threat_intel'] },
  dea: { title: 'DEA, deconfliction', kinds: ['agency', 'index'], through: ['emergency_mgmt', 'fusion_cloud', 'threat_intel'] },
  dhs: { title: 'DHS', kinds: ['agency'], through: ['emergency_mgmt', 'threat_intel'] },
  state: {
    title: 'FDLE and the state’s fusion centre',
    kinds: ['agency', 'index'],
    through: ['emergency_mgmt', 'fusion_cloud', 'threat_intel'],
  },
  ncic: { title: 'NCIC', kinds: ['index'], through: ['fusion_cloud'] },
  nlets: { title: 'Nlets', kinds: ['switch'], through: ['fusion_cloud'] },
};
