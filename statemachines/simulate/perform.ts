import type { Held, StepRecord } from '../../shared/contracts/execution.ts';
import type { SimulatedUnit } from '../../shared/contracts/simulation.ts';
import { inWords } from '../../shared/domain/allocation/counts.ts';
import { causeOf } from '../../shared/domain/consent.ts';
import { stepOutput } from '../../shared/domain/said.ts';
import { isMeant } from '../../shared/domain/which-units.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { isNeverWithheld, vocabulary } from '../../workflows/vocabulary/index.ts';
import type { Perform } from './commands.ts';
import { judged } from './judged.ts';
import { WAITING } from './people.ts';
import { type Answer, atOnce, put, type Run, type Silence } from './run.ts';

/** The attempt that a command is: the first, or the next after one that failed or belonged to an earlier round. */
const attemptOf = ({ execution, clock }: Run, command: Perform, before: StepRecord | undefined): StepRecord => {
  const { step, ordinal, round, token, executionId } = command;
  const attempt = before ? before.attempt + 1 : 0;
  return {
    executionId,
    incidentId: execution.incidentId,
    step: step.name,
    action: step.action,
    actionId: `${executionId}/${step.name}/${attempt}`,
    status: 'RUNNING',
    ordinal,
    attempt,
    round,
    undo: step.undo,
    subsystem: vocabulary[step.action].performs,
    token,
    units: [],
    arguments: command.arguments,
    startedAt: iso(clock.now()),
  };
};

const KIND = { REFUSED: 'step.refused', FAILED: 'step.failed', HELD: 'step.held' } as const;

/** The step ends at once, with an error that the state machine's Catch knows by name. */
const end = (run: Run, record: StepRecord, status: keyof typeof KIND, error: string, cause: string, held?: Held): Answer =>
  atOnce(() => {
    put(run, record, { status, error, cause, held });
    run.tale.tell({ kind: KIND[status], step: record.step, action: record.action, error, note: cause });
    return { error, cause };
  });

type Found = { readonly units: SimulatedUnit[]; readonly short?: string; readonly lacking?: object };

/** The nearest free units for the step's needs, or why there are none. */
const unitsFor = async ({ execution, fleet, tale }: Run, { step }: Perform): Promise<Found> => {
  const { name, action } = step;
  if (Object.keys(step.needs).length === 0) return { units: [] };
  const { location } = execution.input;
  if (!location) return { units: [], short: 'the place is not known, so no unit can be the nearest' };
  const { ok, picks, short: lacking, why, notNearer } = await fleet.take(step, location);
  if (ok) {
    tale.tell({ kind: 'resource.allocated', step: name, action, units: picks, why, notNearer });
    return { units: picks };
  }
  const short = `not enough free units within reach: ${inWords(lacking, step.requires)} short`;
  tale.tell({ kind: 'resource.short', step: name, action, short: lacking, note: short, notNearer });
  return { units: [], lacking, short };
};

const FAILED = { error: 'SWOE.ActionFailed', cause: 'assumed: the subsystem answers that it failed' };

/** What the subsystem answers, as it is assumed to. */
const answered = (run: Run, record: StepRecord, { step }: Perform): Answer | Silence => {
  const { assumptions, tale } = run;
  if (assumptions.isSlow(step.name)) return undefined;
  const about = { step: step.name, action: step.action };
  const happen: Answer['happen'] = () => {
    run.counts.events += 1;
    run.counts.invocations += 1;
    if (assumptions.fails(step.name)) {
      put(run, record, { status: 'FAILED', ...FAILED, endedAt: iso(run.clock.now()) });
      tale.tell({ kind: 'step.failed', ...about, error: FAILED.error, note: FAILED.cause });
      return FAILED;
    }
    const { said } = stepOutput(vocabulary[step.action].reply, record.actionId, assumptions.saidBy(step, record.round));
    put(run, record, { status: 'COMPLETED', endedAt: iso(run.clock.now()), result: said });
    tale.tell({ kind: 'step.completed', ...about, ...(Object.keys(said).length > 0 ? { said } : {}) });
    return { output: { actionId: record.actionId, said } };
  };
  return { afterMs: assumptions.takesMs(step), happen };
};

/** SWOE gives units back itself, in the moment it is asked to. */
const inside = (run: Run, { step, arguments: args }: Perform): void => {
  if (step.action !== 'RESOURCE_RELEASE') return;
  const units = run.fleet.release(({ type }) => isMeant(args['which'], type));
  if (units.length > 0) run.tale.tell({ kind: 'resource.released', step: step.name, action: step.action, units });
};

const dispatch = (run: Run, record: StepRecord, command: Perform, units: SimulatedUnit[]): Answer | Silence => {
  const { name: step, action } = command.step;
  const sent: StepRecord = { ...record, status: 'DISPATCHED', asked: [record.actionId], units: units.map(({ id }) => id) };
  put(run, sent, {});
  if (record.subsystem === 'swoe') inside(run, command);
  else {
    run.counts.events += 1;
    run.tale.tell({ kind: 'action.requested', step, action, who: record.subsystem, ...(units.length > 0 ? { units } : {}) });
  }
  return answered(run, sent, command);
};

/** authorise → allocate → dispatch, as `step` does it, with nothing written and nobody told. */
export const perform =
  (run: Run) =>
  async (command: Perform): Promise<Answer | Silence> => {
    const { step, arguments: args } = command;
    const before = run.records.get(step.name);
    const record = attemptOf(run, command, before);
    const { attempt, round } = record;
    run.tale.tell({ kind: 'step.started', step: step.name, action: step.action, attempt, ...(round > 0 ? { round } : {}) });
    put(run, record, {});
    const { decision, held } = await judged(run, command, before);
    if (decision.verdict === 'refuse') {
      return end(run, record, 'REFUSED', 'SWOE.Refused', decision.clauses.map(({ refusal }) => refusal).join(' '));
    }
    if (held) return end(run, record, 'HELD', 'SWOE.Held', causeOf(held), held);
    const { units, short, lacking } = await unitsFor(run, command);
    if (short && lacking && step.waits && !isNeverWithheld(step.action, args)) return atOnce(() => ({ error: WAITING, cause: short }));
    if (short && !isNeverWithheld(step.action, args)) return end(run, record, 'FAILED', 'SWOE.ResourcesShort', short);
    return dispatch(run, record, command, units);
  };
