import { type FactKind, kind } from './kind.ts';

/** Who is on duty, what procedure is in force, and what those who watch SWOE say of a workflow. */
export const oversight = {
  /** `status` on or off; `role` where the roster says in which. */
  duty: kind({ asserts: ['dispatch', 'cad_system'], requires: ['status'], about: ['person'], counts: 'latest' }),
  /** `timeoutS` seconds; `approver` a role, where the procedure names one. */
  sop: kind({ asserts: ['dispatch', 'public_guardian'], requires: ['version', 'timeoutS'], about: ['workflow'], counts: 'latest' }),
  /** `score` 0 to 100. The one thing an AI source may state; no clause allows anything because of it. */
  'moral-verdict': kind({ asserts: ['moral_compass'], requires: ['score', 'objects'], about: ['workflow'], counts: 'latest' }),
  'guardian-review': kind({ asserts: ['public_guardian'], requires: ['state'], about: ['workflow'], counts: 'latest' }),
  /** `ratio` and `threshold` in whole per cent: Cedar has no fractions, and a clause asks where it cannot compare. */
  'district-ratio': kind({ asserts: ['public_guardian'], requires: ['district', 'ratio', 'threshold'], about: ['city'], counts: 'every' }),
} satisfies Record<string, FactKind>;
