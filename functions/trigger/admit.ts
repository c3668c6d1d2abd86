import type { TriggerMatch } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import { begun } from '../../shared/domain/begin.ts';
import { hourOf } from '../../shared/domain/figures.ts';
import { reaches, type Supersedes } from '../../shared/domain/give-way.ts';
import { heirOf } from '../../shared/domain/hand-over.ts';
import type { Limits } from '../../shared/domain/kernel/limits.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';
import { isGoing } from '../../shared/stores/lifecycle.ts';
import { mayGoOn, place } from './gate.ts';
import { executionIdOf, matchOf, plan, type Wanted } from './plan.ts';
import { type UpdateDeps, update } from './update.ts';

export interface AdmitDeps extends UpdateDeps {
  incidents: IncidentsStore;
  kernel: KernelStore;
  limits: Limits;
  supersedes: Supersedes;
  /** Guardrails on starting at all; refuse only where a BLOCKING clause says so. */
  mayStart: (wanted: Wanted) => Promise<GuardrailDecision>;
  /** Lets the runs on an incident give way to one another. */
  giveWay: (incidentId: string) => Promise<void>;
  /** StartExecution with its deadline's clock, where the run still goes on; idempotent by name. */
  start: (executionId: string) => Promise<void>;
  /** StopExecution, where the run has ended or begun to: it was overtaken while it was being started. */
  stopIfOver: (executionId: string) => Promise<void>;
}

const ACTOR = 'system/trigger';

const entry = (kind: Entry['kind'], { workflow, by, incidentId }: Wanted, executionId: string, more: object = {}): Entry => ({
  kind,
  actor: ACTOR,
  incidentId,
  executionId,
  data: { workflow: workflow.name, version: workflow.version, eventKey: by, ...more },
});

/** What the match joins: a run of this workflow on the incident or one merged into it, whoever took over from it, or a graver one under way. */
const running = async (deps: AdmitDeps, { workflow, incidentId }: Wanted): Promise<string | undefined> => {
  const { executions, incidents, supersedes } = deps;
  const runs = await executions.runsOn([incidentId, ...(await incidents.absorbed(incidentId))]);
  const own = runs.filter((run) => run.workflow === workflow.name);
  const [first] = own;
  if (first) return (own.find(isGoing) ?? (await heirOf(deps)(first)) ?? first).id;
  return runs.filter(isGoing).find((run) => reaches(supersedes, run.workflow, workflow.name))?.id;
};

const join = async (deps: AdmitDeps, wanted: Wanted, executionId: string): Promise<void> => {
  const { executions, journal, clock } = deps;
  const done = await journal.commit(
    wanted.incidentId,
    [entry('match.made', wanted, executionId), entry('match.joined', wanted, executionId)],
    [executions.matched(matchOf(wanted, executionId, 'joined', clock.now()))],
  );
  if (done.ok && wanted.input.event) await update(deps)(executionId, wanted.input.event);
  else if (!done.ok) await admit(deps)(wanted);
};

/** Ends a match that starts nothing: why, by the clause it is refused under. */
const refuse = async (
  { executions, journal, clock }: AdmitDeps,
  wanted: Wanted,
  clause: string,
  why: Entry[],
  more = {},
): Promise<void> => {
  const executionId = executionIdOf(wanted.workflow.name, wanted.incidentId);
  await journal.commit(
    wanted.incidentId,
    [entry('match.made', wanted, executionId), ...why, entry('match.refused', wanted, executionId, { clause, ...more })],
    [executions.matched({ ...matchOf(wanted, executionId, 'refused', clock.now()), clause })],
  );
};

const refuseByLaw = (deps: AdmitDeps, wanted: Wanted, { verdict, clauses, facts }: GuardrailDecision): Promise<void> => {
  const clause = clauses.find(({ severity }) => severity === 'BLOCKING')?.id ?? 'unknown';
  const executionId = executionIdOf(wanted.workflow.name, wanted.incidentId);
  const decided = entry('guardrail.decided', wanted, executionId, { verdict, action: 'START_WORKFLOW', clauses, facts });
  return refuse(deps, wanted, clause, [decided]);
};

/** The match and the frozen execution, in one transaction; undefined where another event, or an operator, was first. */
const create = async (deps: AdmitDeps, wanted: Wanted): Promise<TriggerMatch | undefined> => {
  const { executions, journal, clock } = deps;
  const now = clock.now();
  const planned = plan(wanted, now);
  const { execution, match, entries, writes } = await place(deps)(planned, matchOf(wanted, planned.id, 'pending', now));
  const unfit = wanted.unfit.length > 0 ? { unfit: wanted.unfit } : {};
  const done = await journal.commit(
    wanted.incidentId,
    [entry('match.made', wanted, execution.id, { startedBy: wanted.input.startedBy, hour: hourOf(match.at), ...unfit }), ...entries],
    [executions.matched(match), ...executions.create(execution, wanted.by), ...writes],
  );
  return done.ok ? match : undefined;
};

/**
 * A run whose input is stored comes to life: those it takes over from hand over first, so that its first step finds their units. One that
 * was overtaken itself meanwhile is stopped, however far it came.
 */
export const begin = async (deps: AdmitDeps, match: Omit<TriggerMatch, 'outcome'>): Promise<void> => {
  await deps.giveWay(match.incidentId);
  await deps.start(match.executionId);
  await begun(deps)(match, ACTOR);
  await deps.stopIfOver(match.executionId);
};

/** A start that was cut short is taken up where it was, or waits where the engine starts nothing by now. */
export const takeUp = async (deps: AdmitDeps, match: Omit<TriggerMatch, 'outcome'>): Promise<void> => {
  if (await mayGoOn(deps)(match)) await begin(deps, match);
};

/** A delivery of a match that was made before: whatever of it may have been cut short is done again. */
const again = async (deps: AdmitDeps, wanted: Wanted, made: TriggerMatch): Promise<void> => {
  if (made.outcome === 'pending') return takeUp(deps, made);
  if (made.outcome === 'joined' && wanted.input.event) return update(deps)(made.executionId, wanted.input.event);
  // A machine may run for a run that ended before it was noted as started.
  if (made.outcome === 'started' || made.outcome === 'failed') await deps.stopIfOver(made.executionId);
};

/**
 * One match to its end: started, joined, refused-with-a-clause, or queued while the engine starts nothing. Its frozen input is stored before StartExecution, so a
 * second delivery, or the sweep, takes it up where a crash left it.
 */
export const admit =
  (deps: AdmitDeps) =>
  async (wanted: Wanted): Promise<void> => {
    const made = await deps.executions.match(wanted.by, wanted.workflow.name);
    if (made) return again(deps, wanted, made);
    const already = await running(deps, wanted);
    if (already) return join(deps, wanted, already);
    const { objection } = wanted;
    if (objection) return refuse(deps, wanted, objection.clause, [], { says: objection.says });
    const decision = await deps.mayStart(wanted);
    if (decision.verdict === 'refuse') return refuseByLaw(deps, wanted, decision);
    const match = await create(deps, wanted);
    if (!match) return admit(deps)(wanted);
    if (match.outcome === 'pending') await begin(deps, match);
  };
