import type { ActionCorrected } from '../../shared/contracts/action.ts';
import type { EventCorrected } from '../../shared/contracts/correction.ts';
import { eventKey } from '../../shared/contracts/event.ts';
import type { Execution, StepRecord } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { Situation } from '../../shared/contracts/situation.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { inputsOf } from '../../shared/domain/inputs.ts';
import { situationAfter, situationNow } from '../../shared/domain/situation-now.ts';
import { canonical } from '../../shared/lambda/ids.ts';
import { packed } from '../../shared/lambda/packed.ts';
import { disclosed } from '../../shared/restricted/disclosed.ts';
import type { Vault } from '../../shared/restricted/index.ts';
import { isGoing } from '../../shared/stores/lifecycle.ts';
import { type ConcernedDeps, concerned } from './concerned.ts';
import type { UpdateDeps } from './update.ts';

type Deps = UpdateDeps & ConcernedDeps & { vault: Pick<Vault, 'whoAre'> };

const ATTEMPTS = 20;
const ACTOR = 'system/trigger';
/** Actions in one transaction: a row and an entry each. */
const TOGETHER = { most: 25 };

/** What a run acts on from now on: the event as it is, or, where that left the run's incident, the incident as it stands without it. */
const situationWith = async ({ incidents }: Deps, run: Execution, { event }: EventCorrected): Promise<Situation> => {
  const after = situationAfter(run, event);
  const incident = (await incidents.standing(run.incidentId))?.incident;
  if (!incident || incident.id === event.incidentId) return after;
  const { location, summary } = incident;
  return { ...after, location, summary, placed: undefined };
};

/** A run under way acts on the event as it is now: what begins from here on goes to the right place. Once per correction. */
const restate = async (deps: Deps, id: string, word: EventCorrected): Promise<void> => {
  const { executions, journal, clock } = deps;
  const { eventKey: key, by } = word;
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const run = await executions.get(id);
    if (!run || !isGoing(run)) return;
    const { workflow, incidentId } = run;
    const done = await journal.commit(
      incidentId,
      [{ kind: 'workflow.updated', actor: ACTOR, incidentId, executionId: id, data: { workflow, eventKey: key, by } }],
      executions.update(run, await situationWith(deps, run, word), by, clock.now()),
    );
    if (done.ok || done.failed.includes(0)) return;
  }
  throw new Error(`Execution ${id} changed ${ATTEMPTS} times while an event of it was corrected; it will be delivered again`);
};

/** What a step asked a subsystem for, each attempt by its id. Steps of before it was noted say so by how they stand. */
const askedBy = ({ subsystem, asked, status, actionId }: StepRecord): string[] => {
  if (!subsystem || subsystem === 'swoe') return [];
  return asked ?? (status === 'DISPATCHED' || status === 'COMPLETED' || status === 'UNDONE' ? [actionId] : []);
};

/** Entities that this action was told of, as they are known now; none where it knew them from another event. */
const entitiesFor = (run: Execution, { told = [] }: StepRecord, { eventKey: key, event }: EventCorrected) =>
  run.input.event && eventKey(run.input.event) === key ? event.entities.filter(({ kind }) => told.includes(kind)) : [];

const wordsOf = (run: Execution, step: StepRecord, word: EventCorrected): ActionCorrected[] => {
  const { location, priority, summary } = situationNow(run);
  return askedBy(step).map((actionId) => ({
    actionId,
    subsystem: step.subsystem ?? '',
    action: step.action as ActionCorrected['action'],
    executionId: run.id,
    incidentId: run.incidentId,
    correctionOf: word.eventKey,
    by: word.by,
    changed: word.changed.map(({ field }) => field),
    retracted: word.retracted,
    location,
    priority,
    summary,
    entities: entitiesFor(run, step, word),
    at: word.at,
  }));
};

const heardEntry = ({
  actionId,
  action,
  subsystem,
  executionId,
  incidentId,
  correctionOf,
  by,
  changed,
  retracted,
}: ActionCorrected): Entry => ({
  kind: 'action.corrected',
  actor: ACTOR,
  incidentId,
  executionId,
  data: { actionId, action, subsystem, eventKey: correctionOf, by, changed, retracted },
});

/** Every action that was asked for on these runs, as they stand now, each once: a redrive keeps what its forerunner had done. */
const actionsOf = async ({ executions }: Deps, runs: readonly Execution[], word: EventCorrected): Promise<ActionCorrected[]> => {
  const found = await Promise.all(
    runs.map(async ({ id }) => {
      const run = await executions.get(id);
      return run ? (await executions.steps(id)).flatMap((step) => wordsOf(run, step, word)) : [];
    }),
  );
  return [...new Map(found.flat().map((action) => [action.actionId, action])).values()];
};

/** Notes who is to hear, tells them, and notes that they were told: a delivery that comes again tells nobody twice. */
const tellAll = async (
  { executions, journal, bus, clock, vault }: Deps,
  actions: readonly ActionCorrected[],
  by: string,
): Promise<void> => {
  const { actions: known } = await executions.hearing(by);
  for (const some of packed(
    actions.filter(({ actionId }) => !known.has(actionId)),
    TOGETHER,
  )) {
    const rows = some.map(({ actionId }) => executions.toHear(by, actionId, clock.now()));
    const done = await journal.commit(some[0]?.incidentId ?? by, some.map(heardEntry), rows);
    if (!done.ok) throw new Error(`The correction ${by} is being told by another delivery; this one comes again`);
  }
  const untold = actions.filter(({ actionId }) => known.get(actionId) !== true);
  const heard = untold.map(async (word) => ({ ...word, entities: await disclosed(vault)(word.entities) }));
  await bus.announce(...(await Promise.all(heard)).map((detail) => ({ type: 'action.corrected', detail })));
  for (const some of packed(untold, TOGETHER))
    await journal.commit(
      by,
      [],
      some.map(({ actionId }) => executions.heard(by, actionId)),
    );
};

/** Inputs that a run was started with and that are others by now: its machine goes on with the old ones, which a person must know. */
const outdated = (workflows: readonly Workflow[], { input, workflow }: Execution, { eventKey: key, event }: EventCorrected): string[] => {
  const spec = workflows.find(({ name }) => name === workflow);
  if (!spec || !input.event || eventKey(input.event) !== key) return [];
  const [was, is] = [inputsOf(spec, [input.event]).inputs, inputsOf(spec, [event]).inputs];
  return Object.keys(was).filter(
    (name) => canonical(was[name]) === canonical(input.inputs[name]) && canonical(was[name]) !== canonical(is[name]),
  );
};

/** What was corrected and who was told, once and for all. */
const close = async (
  { executions, journal, clock }: Deps,
  word: EventCorrected,
  { runs, actions, workflows }: { runs: readonly Execution[]; actions: readonly ActionCorrected[]; workflows: readonly Workflow[] },
): Promise<void> => {
  const { eventKey: key, by, changed, retracted, borneOutBy, event } = word;
  const told = actions.map(({ actionId, subsystem }) => ({ actionId, subsystem }));
  const on = runs.map((run) => ({ executionId: run.id, status: run.status, outdated: outdated(workflows, run, word) }));
  const { incidents, parted } = word;
  const data = { eventKey: key, by, changed, retracted, borneOutBy, incidents, parted, told, runs: on };
  await journal.commit(
    event.incidentId,
    [{ kind: 'event.corrected', actor: `source/${by.split('#')[0]}`, incidentId: event.incidentId, data }],
    [executions.closeHearing(by, clock.now())],
  );
};

/**
 * A correction reaches everyone who was told: runs under way act on it, each subsystem hears it for each action that was asked of it, questions
 * are put on the new facts, and dispatchers see it as an alert. A false alarm stops nothing by itself: undo is a decision.
 */
export const correct =
  (deps: Deps, workflows: readonly Workflow[]) =>
  async (word: EventCorrected): Promise<void> => {
    const { executions, bus } = deps;
    const runs = await concerned(deps)(word);
    const going = runs.filter(isGoing);
    const { closed, actions: known } = await executions.hearing(word.by);
    if (!closed && !word.retracted) for (const { id } of going) await restate(deps, id, word);
    // Read after the runs act on it: whoever is asked from now on is asked rightly.
    const found = await actionsOf(deps, runs, word);
    const actions = closed ? found.filter(({ actionId }) => known.has(actionId)) : found;
    await tellAll(deps, actions, word.by);
    await bus.announce(...going.map(({ id }) => ({ type: 'workflow.updated', detail: { executionId: id, eventKey: word.by } })));
    if (!closed) await close(deps, word, { runs, actions, workflows });
  };
