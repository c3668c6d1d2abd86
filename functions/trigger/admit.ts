import type { TriggerMatch } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import { begun } from '../../shared/domain/begin.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import { type MergeDeps, merge } from './merge.ts';
import { executionIdOf, matchOf, plan, type Wanted } from './plan.ts';

export interface AdmitDeps extends MergeDeps {
  journal: JournalStore;
  clock: Clock;
  /** Guardrails on starting at all; refuse only where a BLOCKING clause says so. */
  mayStart: (wanted: Wanted) => Promise<GuardrailDecision>;
  /** StartExecution; idempotent by name. */
  start: (executionId: string) => Promise<void>;
}

const ACTOR = 'system/trigger';

const entry = (kind: Entry['kind'], { workflow, by, incidentId }: Wanted, executionId: string, more: object = {}): Entry => ({
  kind,
  actor: ACTOR,
  incidentId,
  executionId,
  data: { workflow: workflow.name, version: workflow.version, eventKey: by, ...more },
});

/** An execution of this workflow on the incident, or on one that was merged into it. */
const running = async ({ executions, incidents }: AdmitDeps, { workflow, incidentId }: Wanted): Promise<string | undefined> =>
  (await executions.onIncidents(workflow.name, [incidentId, ...(await incidents.absorbed(incidentId))]))[0];

const join = async ({ executions, journal, clock }: AdmitDeps, wanted: Wanted, executionId: string): Promise<void> => {
  await journal.commit(
    wanted.incidentId,
    [entry('match.made', wanted, executionId), entry('match.joined', wanted, executionId)],
    [executions.matched(matchOf(wanted, executionId, 'joined', clock.now()))],
  );
};

const refuse = async ({ executions, journal, clock }: AdmitDeps, wanted: Wanted, decision: GuardrailDecision): Promise<void> => {
  const executionId = executionIdOf(wanted.workflow.name, wanted.incidentId);
  const clause = decision.clauses.find(({ severity }) => severity === 'BLOCKING')?.id ?? 'unknown';
  await journal.commit(
    wanted.incidentId,
    [
      entry('match.made', wanted, executionId),
      entry('guardrail.decided', wanted, executionId, {
        verdict: decision.verdict,
        action: 'START_WORKFLOW',
        clauses: decision.clauses,
        facts: decision.facts,
      }),
      entry('match.refused', wanted, executionId, { clause }),
    ],
    [executions.matched({ ...matchOf(wanted, executionId, 'refused', clock.now()), clause })],
  );
};

/** The match and the frozen execution, in one transaction; false where another event was first. */
const create = async ({ executions, journal, clock }: AdmitDeps, wanted: Wanted): Promise<boolean> => {
  const execution = plan(wanted, clock.now());
  const done = await journal.commit(
    wanted.incidentId,
    [entry('match.made', wanted, execution.id)],
    [executions.matched(matchOf(wanted, execution.id, 'pending', clock.now())), ...executions.create(execution, wanted.by)],
  );
  return done.ok;
};

/** A merge that came while a run was being started found nothing to stop, so it is looked for once more when the run is there. */
const giveWay = (deps: AdmitDeps, { workflow, incidentId }: Pick<TriggerMatch, 'workflow' | 'incidentId'>): Promise<void> =>
  merge(deps)([workflow], incidentId);

const begin = async (deps: AdmitDeps, match: Omit<TriggerMatch, 'outcome' | 'at'>): Promise<void> => {
  await deps.start(match.executionId);
  await giveWay(deps, match);
  await begun(deps)(match, ACTOR);
};

/**
 * One match to its end: started, joined or refused-with-a-clause. Its frozen input is stored before StartExecution, so a
 * second delivery, or the sweep, takes it up where a crash left it.
 */
export const admit =
  (deps: AdmitDeps) =>
  async (wanted: Wanted): Promise<void> => {
    const made = await deps.executions.match(wanted.by, wanted.workflow.name);
    if (made) return made.outcome === 'pending' ? begin(deps, made) : giveWay(deps, made);
    const already = await running(deps, wanted);
    if (already) return join(deps, wanted, already);
    const decision = await deps.mayStart(wanted);
    if (decision.verdict === 'refuse') return refuse(deps, wanted, decision);
    if (!(await create(deps, wanted))) return admit(deps)(wanted);
    const executionId = executionIdOf(wanted.workflow.name, wanted.incidentId);
    return begin(deps, { ...matchOf(wanted, executionId, 'pending', deps.clock.now()) });
  };
