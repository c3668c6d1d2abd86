import { type JournalEntry, JournalKind } from '../../../shared/contracts/journal.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../../shared/stores/executions.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { Ask, Perform } from '../operation.ts';
import { byDay, byKey, filtered, type Listed } from '../pages.ts';
import { invalidFields, ok } from '../reply.ts';

interface Deps {
  journal: JournalStore;
  executions: ExecutionsStore;
  clock: Clock;
}

type Query = Ask<'audit'>['query'];

const asked =
  ({ executionId, kind }: Query) =>
  (entry: JournalEntry): boolean =>
    (executionId === undefined || entry.executionId === executionId) && (kind === undefined || entry.kind === kind);

/** Everything about an execution stands with its incident, so that index answers for both; the rest is read by day. */
const find = async ({ journal, executions, clock }: Deps, query: Query): Promise<Listed<JournalEntry>> => {
  const incidentId = query.incidentId ?? (query.executionId ? (await executions.get(query.executionId))?.incidentId : undefined);
  if (incidentId)
    return byKey(
      query,
      filtered((page) => journal.ofIncident(incidentId, page), asked(query)),
    );
  return byDay(query, clock.now(), (day, page) => filtered((inner) => journal.ofDay(day, inner), asked(query))(page));
};

/** Reading the audit is audited: who read, with which filter. */
const noteReading = async ({ journal }: Deps, { caller, query }: Ask<'audit'>): Promise<void> => {
  const { incidentId, executionId, kind, cursor } = query;
  const actor = `person/${caller.sub}`;
  const filter = { ...(incidentId ? { incidentId } : {}), ...(executionId ? { executionId } : {}), ...(kind ? { kind } : {}) };
  await journal.commit(actor, [{ kind: 'audit.read', actor, data: { filter, further: cursor !== undefined } }]);
};

export const audit =
  (deps: Deps): Perform<'audit'> =>
  async (ask) => {
    const { kind } = ask.query;
    if (kind !== undefined && !JournalKind.safeParse(kind).success) {
      return invalidFields([{ path: 'kind', message: `No such kind; there are: ${JournalKind.options.join(', ')}` }]);
    }
    const list = await find(deps, ask.query);
    if (!list.ok) return list.reply;
    await noteReading(deps, ask);
    return ok(list.page);
  };
