import * as z from 'zod';
import type { ProblemName } from './problem.ts';
import type { Role } from './vocabulary.ts';

/** One endpoint of REST, and who may call it. The lists stand in endpoints.ts. */
export interface Endpoint {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `BASE_PATH`, in API Gateway's notation: `/workflows/{name}`. */
  readonly path: string;
  readonly roles: readonly Role[];
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Its body is put on the bus as it came, so numbers may stand in it that no table keeps. */
  readonly verbatim?: true;
  /** What a success answers, and its status where that is not 200. */
  readonly reply: z.ZodType;
  readonly status?: 200 | 201 | 202;
  /** What else it may refuse with, beside what its path, query, body and roles imply: openapi/refusals.ts. */
  readonly refuses?: readonly ProblemName[];
  /** Its answer has an ETag: whoever holds it may ask whether it still stands. */
  readonly etag?: true;
  /** What a call does: by default a GET looks and everything else acts. `administer` gives and takes what people may do. */
  readonly effect?: 'look' | 'act' | 'administer';
  /** It is performed only when a second person of these roles says yes to it (`POST /asks/{id}`); whoever asks is answered 202 with the ask. */
  readonly twoPersons?: true;
  /** Its answer is kept for nobody: what it tells must stand nowhere, so an Idempotency-Key means nothing here. */
  readonly unkept?: true;
  /** It tells a partner agency's people what is agreed with that agency, or takes their agency's own word, and nothing else; without it they are refused. */
  readonly shared?: true;
  /** People of agencies that take part in a joint operation in force are let in; what they see or answer is what that operation covers. */
  readonly joint?: true;
  readonly summary: string;
}

export const effectOf = ({ method, effect }: Endpoint): NonNullable<Endpoint['effect']> => effect ?? (method === 'GET' ? 'look' : 'act');

/** Everyone who may look; deciding roles include their own work. */
export const LOOK: readonly Role[] = [
  'viewer',
  'dispatcher',
  'supervisor',
  'admin',
  'watch_commander',
  'incident_commander',
  'remote_pilot',
  'chief',
  'em_director',
  'intelligence_officer',
  'auditor',
];
export const ACT: readonly Role[] = ['dispatcher', 'supervisor', 'watch_commander', 'incident_commander'];
const DECIDE: readonly Role[] = [
  'supervisor',
  'watch_commander',
  'incident_commander',
  'remote_pilot',
  'chief',
  'em_director',
  'intelligence_officer',
];

/** Who may ask what would happen: whoever acts or decides, and who looks into it afterwards. */
export const FORESEE: readonly Role[] = [...new Set<Role>([...ACT, ...DECIDE, 'auditor'])];

/** Who may answer what is asked of them: those who decide, the dispatcher who compares a plate, and people outside the police, who look at nothing else. */
export const ANSWER: readonly Role[] = ['dispatcher', ...DECIDE, 'school_official', 'ciso', 'clinician'];

/** Who may see questions: whoever looks, and people outside the police those that are theirs to answer. */
export const ASKED: readonly Role[] = [...LOOK, ...ANSWER.filter((role) => !LOOK.includes(role))];

/** Who may take a run out of the machine's hands. */
export const COMMAND: readonly Role[] = ['supervisor', 'watch_commander', 'incident_commander', 'chief', 'em_director'];

/** `limit` 1 to 200; `cursor` as the answer before gave it in `next`. */
export const Page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many to show at most'),
  cursor: z.string().max(2000).optional().describe('Where to go on: `next` of the page before'),
});
export type Page = z.infer<typeof Page>;

/** One page of a list: where `next` stands there may be more, even after an empty page. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().optional() });
