import { type PolicyJson, preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Label } from '../../contracts/restricted.ts';
import type { Role } from '../../contracts/vocabulary.ts';
import { accessRules } from './embedded.ts';

export type Duty = 'on' | 'off' | 'unknown';

/** Who asks, as far as it matters for what they may. */
export interface Asker {
  readonly roles: readonly Role[];
  readonly agency: string;
  readonly duty?: Duty;
  /** Whether an agreement with their agency is in force. */
  readonly partner?: boolean;
}

/** What is asked for: an operation with what it does, a live channel, or a class of data. `participants` are partner agencies that a joint operation in force lets in. */
export type Wanted =
  | {
      readonly action: 'call';
      readonly id: string;
      readonly roles: readonly Role[];
      readonly effect: 'look' | 'act' | 'administer';
      readonly shared?: boolean;
      readonly participants?: readonly string[];
    }
  | {
      readonly action: 'follow';
      readonly id: string;
      readonly roles: readonly Role[];
      readonly shared?: boolean;
      readonly participants?: readonly string[];
    }
  | { readonly action: 'see'; readonly id: 'personal' | 'incident' | Label; readonly participants?: readonly string[] };

/** `because` are the sentences of the clauses that forbid; empty where nothing forbids and nothing opens it either. */
export interface Decision {
  readonly allowed: boolean;
  readonly because: readonly string[];
}

export type Access = (asker: Asker, wanted: Wanted) => Decision;

const TYPE = { call: 'Endpoint', follow: 'Channel', see: 'Data' } as const;
const SET = 'access';
/** So many different questions are remembered; there are a few hundred. */
const KEPT = 5_000;

const rules: Readonly<Record<string, PolicyJson>> = Object.fromEntries(
  Object.entries(accessRules).map(([id, text]) => [id, JSON.parse(text) as PolicyJson]),
);
let parsed = false;

/** The clauses are read once a process. */
const prepare = (): void => {
  if (parsed) return;
  const answer = preparsePolicySet(SET, { staticPolicies: rules });
  if (answer.type === 'failure')
    throw new Error(`The rules of access do not parse: ${answer.errors.map(({ message }) => message).join('; ')}`);
  parsed = true;
};

/** Asks Cedar. A clause that cannot be judged is judged against. */
const judge = (
  { roles, agency, duty = 'unknown', partner = false }: Asker,
  { action, id, ...about }: Wanted,
  agencies: readonly string[],
): Decision => {
  const [principal, resource] = [
    { type: 'Person', id: 'asker' },
    { type: TYPE[action], id },
  ];
  const answer = statefulIsAuthorized({
    principal,
    action: { type: 'Action', id: action },
    resource,
    context: {},
    preparsedPolicySetId: SET,
    entities: [
      { uid: principal, attrs: { roles: [...roles], agency, duty, partner }, parents: [] },
      {
        uid: resource,
        attrs: { shared: false, participants: [], ...about, agencies: [...agencies] } as unknown as Record<
          string,
          string | boolean | string[]
        >,
        parents: [],
      },
    ],
  });
  if (answer.type === 'failure') return { allowed: false, because: [] };
  const { decision, diagnostics } = answer.response;
  const because = decision === 'allow' ? [] : diagnostics.reason.map((rule) => rules[rule]?.annotations?.['why'] ?? rule).sort();
  return { allowed: decision === 'allow' && diagnostics.errors.length === 0, because };
};

/** Whether somebody may see who somebody is. */
export const seesPersons = (access: Access, asker: Asker): boolean => access(asker, { action: 'see', id: 'personal' }).allowed;

/** Whether somebody may see what belongs to an incident, of which `participants` are the agencies that a joint operation in force opens it to. */
export const seesIncident = (access: Access, asker: Asker, participants: readonly string[]): boolean =>
  access(asker, { action: 'see', id: 'incident', participants }).allowed;

/** The labels of these that somebody may not open, and why not. Who opens a piece must be let by each of its labels. */
export const closedTo = (access: Access, asker: Asker, labels: readonly Label[]): readonly Label[] =>
  labels.filter((label) => !access(asker, { action: 'see', id: label }).allowed);

/** Who may call, follow and see what, in an installation that serves these agencies. Synchronous and pure; a question is put to Cedar once and its answer kept. */
export const createAccess = (agencies: readonly string[]): Access => {
  prepare();
  const known = new Map<string, Decision>();
  return (asker, wanted) => {
    const key = JSON.stringify([asker.roles, asker.agency, asker.duty, asker.partner, wanted]);
    const before = known.get(key);
    if (before) return before;
    if (known.size >= KEPT) known.clear();
    const decision = judge(asker, wanted, agencies);
    known.set(key, decision);
    return decision;
  };
};
