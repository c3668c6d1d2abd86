import { type JournalEntry, JournalKind } from '../../../shared/contracts/journal.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../../shared/stores/executions.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { Caller } from '../caller.ts';
import type { Ask, Perform } from '../operation.ts';
import { byDay, byKey, filtered, type Listed } from '../pages.ts';
import { invalidFields, ok } from '../reply.ts';
import { spanOf } from '../span.ts';
import { type TrailDeps, trailOf } from '../trail.ts';

export interface AuditDeps extends TrailDeps {
  journal: JournalStore;
  executions: ExecutionsStore;
  clock: Clock;
}

type Query = Ask<'audit'>['query'];
type Keep = (entry: JournalEntry) => boolean;

/** Everything about an execution stands with its incident, so that index answers for both; the rest is read by day. */
export const find = async (deps: AuditDeps, query: Partial<Query> & Pick<Query, 'limit'>, keep: Keep): Promise<Listed<JournalEntry>> => {
  const { journal, executions, clock } = deps;
  const { executionId, actor } = query;
  const asked = spanOf(query, clock.now());
  if (!asked.ok) return asked;
  const { newest, back, holds } = asked.span;
  const incidentId = query.incidentId ?? (executionId ? (await executions.get(executionId))?.incidentId : undefined);
  const fits: Keep = (entry) =>
    holds(entry.at) &&
    (executionId === undefined || entry.executionId === executionId) &&
    (actor === undefined || entry.actor === actor) &&
    keep(entry);
  if (incidentId) return byKey(query, filtered(trailOf(deps, incidentId), fits));
  return byDay(query, newest, (day, page) => filtered((inner) => journal.ofDay(day, inner), fits)(page), back);
};

/** What reads a part of it only, or what is as sensitive. */
const PARTS = { policy: 'auditPolicy', sharing: 'listSharing', shared: 'sharedEvents', facts: 'listFacts', fact: 'getFact' } as const;

/** Reading the audit is audited: who read, with which filter. */
export const noteReading = async (
  { journal }: Pick<AuditDeps, 'journal'>,
  { sub, origin }: Caller,
  { cursor, limit: _limit, ...asked }: Readonly<Record<string, unknown>>,
  part?: keyof typeof PARTS,
): Promise<void> => {
  const actor = `person/${sub}`;
  const filter = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const data = { filter, further: cursor !== undefined, ...(part ? { part } : {}) };
  const via = { ...origin, to: part ? PARTS[part] : 'audit', object: {}, size: 0, outcome: 'done' as const };
  await journal.commit(actor, [{ kind: 'audit.read', actor, via, data }]);
};

export const audit =
  (deps: AuditDeps): Perform<'audit'> =>
  async ({ query, caller }) => {
    const { kind } = query;
    if (kind !== undefined && !JournalKind.safeParse(kind).success) {
      return invalidFields([{ path: 'kind', message: `No such kind; there are: ${JournalKind.options.join(', ')}` }]);
    }
    const list = await find(deps, query, (entry) => kind === undefined || entry.kind === kind);
    if (!list.ok) return list.reply;
    await noteReading(deps, caller, query);
    return ok(list.page);
  };

const ABOUT_POLICY: ReadonlySet<JournalKind> = new Set(['guardrail.decided', 'policy.checked', 'step.refused', 'match.refused']);

/** The journal as whoever answers for the guardrails reads it. */
export const auditPolicy =
  (deps: AuditDeps): Perform<'auditPolicy'> =>
  async ({ query, caller }) => {
    const list = await find(deps, query, ({ kind }) => ABOUT_POLICY.has(kind));
    if (!list.ok) return list.reply;
    await noteReading(deps, caller, query, 'policy');
    return ok(list.page);
  };
