import type { Execution, StepRecord, TriggerMatch } from '../../shared/contracts/execution.ts';
import type { ExecutionRedrive } from '../../shared/contracts/run-events.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { hourOf } from '../../shared/domain/figures.ts';
import { type HandOverDeps, handUnits, TAKEN_OVER } from '../../shared/domain/hand-over.ts';
import type { Limits } from '../../shared/domain/kernel/limits.ts';
import { nextId, redriveRefusal } from '../../shared/domain/redrive.ts';
import { say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';
import { place } from './gate.ts';
import { matchOf, plan, type Wanted } from './plan.ts';

export interface RedriveDeps extends HandOverDeps {
  incidents: IncidentsStore;
  kernel: KernelStore;
  limits: Limits;
  log: LogSink;
  /** Starts a run whose frozen input is stored, and settles its match; or puts it in the engine's queue. */
  takeUp: (match: Omit<TriggerMatch, 'outcome'>) => Promise<void>;
}

const ACTOR = 'system/trigger';
/** What was done and nobody undid stands for the new run as done: its state machine is told at once, under the id it was done by. */
const kept = (steps: readonly StepRecord[], executionId: string): StepRecord[] =>
  steps
    .filter(({ status, subsystem, round }) => status === 'COMPLETED' && subsystem !== 'swoe' && round === 0)
    .map(({ token: _, ...step }) => ({ ...step, executionId }));

/** The run to be, on the input that was frozen before; who asks for it may not approve it. */
const wantedAgain = (workflow: Workflow, { incidentId, agency, input }: Execution, { requestId, by }: ExecutionRedrive): Wanted => {
  const { executionId: _, workflow: _name, version: _version, incidentId: _incident, priority: _priority, ...rest } = input;
  return { workflow, by: `redrive#${requestId}`, incidentId, agency, input: { ...rest, requestedBy: by }, unfit: [] };
};

const refuse = ({ log }: RedriveDeps, { executionId }: ExecutionRedrive, reason: string): void =>
  say(log, 'warn', 'command.refused', { executionId, reason });

/** The units that the ended run still holds: those of a step that stands as done stay that step's, the others are free to be used. */
const takeUnits = async (deps: RedriveDeps, from: string, run: Execution): Promise<void> => {
  const done = new Set((await deps.executions.steps(run.id)).map(({ step }) => step));
  await handUnits(deps, ACTOR)(from, run, ({ step }) => (done.has(step) ? step : TAKEN_OVER));
};

/** The new run with its match and what stands as done, in one transaction; why not, where it may not be; false where something changed meanwhile. */
const make = async (deps: RedriveDeps, wanted: Wanted, ended: Execution, asked: ExecutionRedrive): Promise<boolean | string> => {
  const { executions, incidents, journal, clock } = deps;
  const standing = await incidents.standing(ended.incidentId);
  const refusal = redriveRefusal(
    ended,
    await executions.runsOn(standing ? [standing.incident.id, ...standing.absorbed] : [ended.incidentId]),
  );
  if (refusal) return refusal;
  const now = clock.now();
  const planned = { ...plan(wanted, now, nextId(ended.id)), redriveOf: ended.id, situation: ended.situation };
  const { execution: run, match, entries, writes } = await place(deps)(planned, matchOf(wanted, planned.id, 'pending', now));
  const steps = kept(await executions.steps(ended.id), run.id);
  const about = { incidentId: ended.incidentId, executionId: run.id };
  const data = { workflow: run.workflow, version: run.version, eventKey: wanted.by };
  const more = { of: ended.id, role: asked.role, reason: asked.reason, kept: steps.map(({ step }) => step) };
  const done = await journal.commit(
    ended.incidentId,
    [
      { kind: 'match.made', actor: ACTOR, ...about, data: { ...data, hour: hourOf(run.createdAt) } },
      { kind: 'workflow.redriven', actor: `person/${asked.by}`, ...about, data: { ...data, ...more } },
      ...entries,
    ],
    [
      executions.matched(match),
      ...executions.redrive(run, ended, wanted.by),
      ...steps.map((step) => executions.writeStep(step, undefined)),
      ...writes,
    ],
  );
  return done.ok;
};

/**
 * A new run, linked to the one that ended: fresh authorisation, fresh allocation, and nothing done twice that still stands. Delivered twice
 * it is one run; refused where the workflow is under way on the incident again.
 */
export const redrive =
  (deps: RedriveDeps, workflows: readonly Workflow[]) =>
  async (asked: ExecutionRedrive): Promise<void> => {
    const ended = await deps.executions.get(asked.executionId);
    const workflow = workflows.find(({ name }) => name === ended?.workflow);
    if (!ended || !workflow) return refuse(deps, asked, 'there is no such run');
    const wanted = wantedAgain(workflow, ended, asked);
    for (;;) {
      const match = await deps.executions.match(wanted.by, workflow.name);
      if (match) {
        const run = await deps.executions.get(match.executionId);
        if (run) await takeUnits(deps, ended.id, run);
        return match.outcome === 'pending' ? deps.takeUp(match) : undefined;
      }
      const made = await make(deps, wanted, ended, asked);
      if (typeof made === 'string') return refuse(deps, asked, made);
    }
  };
