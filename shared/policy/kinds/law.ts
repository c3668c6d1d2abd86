import { type FactKind, kind } from './kind.ts';

/** What the law asks for before somebody is looked at, searched for or told of. */
export const law = {
  /** `basis` is one of FS 934.50(4)(c)'s; `by` who saw it; `until` when it ends, for people to read. */
  exigency: kind({
    asserts: ['dispatch', 'cad_system', 'officer_safety'],
    derives: ['gunshot_detection', 'cad_system', 'dispatch', 'officer_safety', 'sensor_grid', 'investigations', 'emergency_mgmt'],
    requires: ['basis', 'by'],
  }),
  /** `scope` in the court's words; `means` where the warrant names the means; `served` once it was. */
  warrant: kind({ asserts: ['investigations'], requires: ['scope'] }),
  /** `technologies` are words such as "drone camera lpr". */
  'council-authorisation': kind({ asserts: ['public_guardian'], about: ['city'] }),
  /** An airframe on the state's list, for the whole fleet or one drone. */
  'airframe-approval': kind({ asserts: ['public_guardian'], requires: ['standard'], about: ['city', 'resource'] }),
  /** `by` the agency head who authorised it in writing, `people` how many there are, `policy` the written policy it stands on. */
  'crowd-authorisation': kind({ asserts: ['public_guardian', 'dispatch'], requires: ['by', 'people', 'policy'] }),
  'declared-emergency': kind({ asserts: ['emergency_mgmt'], requires: ['by', 'number'], about: ['city', 'incident'] }),
  'crime-nexus': kind({ asserts: ['investigations', 'dispatch', 'cad_system'], requires: ['basis', 'by'] }),
  /** `criteria` of Fla. Stat. 874.03 that are documented, a whole number. */
  'gang-nexus': kind({ asserts: ['investigations', 'dispatch', 'cad_system'], requires: ['criteria', 'by'] }),
  case: kind({ asserts: ['investigations'], requires: ['number', 'agent'] }),
  deconfliction: kind({ asserts: ['fusion_cloud', 'investigations'], requires: ['clear', 'reference'] }),
  /** One item on hold holds all: what is under a hold is neither deleted nor passed on. */
  'evidence-custody': kind({ asserts: ['investigations'], requires: ['hash', 'custodian', 'hold'], counts: 'every' }),
  'broadcast-authority': kind({ asserts: ['emergency_mgmt'], requires: ['system', 'by'], about: ['city', 'incident'] }),
} satisfies Record<string, FactKind>;
