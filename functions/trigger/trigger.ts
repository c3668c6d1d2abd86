import * as z from 'zod';
import { EventCorrected } from '../../shared/contracts/correction.ts';
import { eventKey, isStatement, NormalizedDetail, NormalizedEvent } from '../../shared/contracts/event.ts';
import { WorkflowRequested } from '../../shared/contracts/execution.ts';
import { KernelDrain } from '../../shared/contracts/kernel.ts';
import { ExecutionRedrive, ExecutionUnstarted, WorkflowEnded, WorkflowScheduled } from '../../shared/contracts/run-events.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { following, matching } from '../../shared/domain/matching.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import type { Vault } from '../../shared/restricted/index.ts';
import type { EventsStore } from '../../shared/stores/events.ts';
import type { FactsStore } from '../../shared/stores/facts.ts';
import { isGoing } from '../../shared/stores/lifecycle.ts';
import { type AdmitDeps, admit, begin, takeUp } from './admit.ts';
import { conditions, factsByKind } from './conditions.ts';
import { correct } from './correct.ts';
import { type DrainDeps, drain } from './drain.ts';
import { responsesOfParted } from './parted.ts';
import { type RedriveDeps, redrive } from './redrive.ts';
import { wantedAfter, wantedByClock, wantedByEvent, wantedByPerson, wantedByState } from './wanted.ts';

export interface TriggerDeps extends AdmitDeps, Omit<RedriveDeps, 'takeUp'>, Omit<DrainDeps, 'begin' | 'timeoutOf'> {
  facts: FactsStore;
  events: Pick<EventsStore, 'get'>;
  vault: Pick<Vault, 'whoAre'>;
}

const Merged = z.object({ into: z.string(), from: z.string() });
const Split = Merged.extend({ members: z.array(z.string()) });

/** An incident as it stands, with what was merged into it. */
type Standing = NonNullable<Awaited<ReturnType<TriggerDeps['incidents']['standing']>>>;

/** The incident that a `fact.asserted` is about; undefined where it is about something else. */
const incidentOf = ({ type, data }: NormalizedEvent): string | undefined => {
  if (type !== 'fact.asserted') return undefined;
  const { subject } = (data['fact'] ?? {}) as { subject?: unknown };
  return typeof subject === 'string' && subject.startsWith('incident/') ? subject.slice('incident/'.length) : undefined;
};

/** What an event, a person, the clock, another run's end or a merge of incidents means for the workflows. */
export const trigger = (deps: TriggerDeps, workflows: readonly Workflow[]) => {
  const [matches, follows, watched] = [matching(workflows), following(workflows), conditions(workflows)];
  const take = admit(deps);
  const timeoutOf = (name: string): number | undefined => workflows.find((one) => one.name === name)?.timeout;
  const letGo = drain({ ...deps, begin: (match) => begin(deps, match), timeoutOf });
  const named = (name: string): Workflow => {
    const workflow = workflows.find((one) => one.name === name);
    if (!workflow) throw new Error(`No workflow is called ${name}`);
    return workflow;
  };

  const standingOf = async (incidentId: string): Promise<Standing> => {
    const standing = await deps.incidents.standing(incidentId);
    if (!standing) throw new Error(`Incident ${incidentId} is not stored; what asks about it will be delivered again`);
    return standing;
  };

  /** Workflows whose CONDITION the incident meets as it stands; those that the event started anyway are `but`. */
  const look = async (
    standing: Standing | undefined,
    by: string,
    event?: NormalizedDetail,
    but: readonly Workflow[] = [],
  ): Promise<void> => {
    if (!standing) return;
    const { incident, absorbed } = standing;
    const facts = async () =>
      factsByKind(await deps.facts.about([incident.id, ...absorbed].map((id) => `incident/${id}`)), deps.clock.now());
    for (const { workflow, state } of await watched.met(incident, facts))
      if (!but.includes(workflow)) await take(wantedByState(workflow, { incident, state, by, event }));
  };

  const onStatement = async (detail: unknown): Promise<void> => {
    const event = NormalizedEvent.parse(detail);
    const incidentId = incidentOf(event);
    if (incidentId && watched.any) await look(await deps.incidents.standing(incidentId), eventKey(event));
  };

  const onEvent = async (detail: unknown): Promise<void> => {
    const { type } = detail as { type?: string };
    if (isStatement(type ?? '')) return onStatement(detail);
    const event = NormalizedDetail.parse(detail);
    const wanted = matches(event);
    if (wanted.length === 0 && !watched.any) return;
    const standing = await standingOf(event.incidentId);
    for (const workflow of wanted) await take(wantedByEvent(workflow, standing.incident, event));
    await look(standing, eventKey(event), event, wanted);
  };

  const onRequest = async (detail: unknown): Promise<void> => {
    const request = WorkflowRequested.parse(detail);
    const standing = request.incidentId ? await standingOf(request.incidentId) : undefined;
    await take(wantedByPerson(named(request.workflow), request, standing?.incident));
  };

  const onEnd = async (detail: unknown): Promise<void> => {
    const ended = WorkflowEnded.parse(detail);
    const next = follows(ended);
    if (next.length === 0) return;
    const run = await deps.executions.get(ended.executionId);
    if (!run) throw new Error(`Execution ${ended.executionId} is not stored`);
    const standing = await deps.incidents.standing(run.incidentId);
    for (const workflow of next) await take(wantedAfter(workflow, { ...run, incidentId: standing?.incident.id ?? run.incidentId }));
  };

  const lookAnew = async (incidentId: string, because: string): Promise<void> => {
    const standing = await deps.incidents.standing(incidentId);
    const runs = standing ? await deps.executions.runsOn([standing.incident.id, ...standing.absorbed]) : [];
    const word = ({ id }: { id: string }) => ({ type: 'workflow.updated', detail: { executionId: id, eventKey: because } });
    await deps.bus.announce(...runs.filter(isGoing).map(word));
  };

  /** Runs give way to one another, and those that go on look anew at what they ask: their incident is another. */
  const onMerge = async (detail: unknown): Promise<void> => {
    const { into, from } = Merged.parse(detail);
    await deps.giveWay(into);
    await lookAnew(into, `merged#${from}`);
  };

  const parted = responsesOfParted({ ...deps, take, standingOf, matches });

  /**
   * An incident lost members to another. Its runs keep it, and look anew at what they ask: it was asked of more than there is. Those who left
   * may have no response where they are now.
   */
  const onSplit = async (detail: unknown): Promise<void> => {
    const { into, from, members } = Split.parse(detail);
    await lookAnew(from, `split#${into}`);
    await parted.bySplit({ into, from, members });
  };

  /** The corrected event starts what it could not as it was first told, and where it left its incident, all that it starts at all. */
  const startCorrected = async ({ event, eventKey: key, by, incidents }: EventCorrected): Promise<void> => {
    const standing = await standingOf(event.incidentId);
    const before = await Promise.all(incidents.map(async (id) => (await standingOf(id)).incident.id));
    const left = before.some((id) => id !== standing.incident.id);
    const known = left ? [] : (await deps.executions.matchesOf(key)).map(({ workflow }) => workflow);
    const wanted = matches(event).filter(({ name }) => !known.includes(name));
    for (const workflow of wanted) await take({ ...wantedByEvent(workflow, standing.incident, event), by: left ? by : key });
    if (watched.any) await look(standing, by, undefined, wanted);
  };

  /** Everyone who was told hears of it; then whoever has no response by it gets one. */
  const onCorrected = async (detail: unknown): Promise<void> => {
    const word = EventCorrected.parse(detail);
    await correct(deps, workflows)(word);
    if (!word.retracted) await startCorrected(word);
    await parted.byCorrection(word);
  };

  /** A start that was lost is taken up where it was. */
  const onLost = async (detail: unknown): Promise<void> => {
    const { executionId } = ExecutionUnstarted.parse(detail);
    const [run, eventKey] = await Promise.all([deps.executions.get(executionId), deps.executions.activeMatch(executionId)]);
    if (run?.status !== 'PENDING' || eventKey === undefined) return;
    const { workflow, version, incidentId, createdAt } = run;
    await takeUp(deps, { workflow, version, eventKey, incidentId, executionId, at: createdAt });
  };

  const doors: Readonly<Record<string, (detail: unknown) => Promise<void>>> = {
    'workflow.requested': onRequest,
    'workflow.completed': onEnd,
    'workflow.scheduled': async (detail) => {
      const due = WorkflowScheduled.parse(detail);
      await take(wantedByClock(named(due.workflow), due));
    },
    'incident.merged': onMerge,
    'incident.split': onSplit,
    'event.corrected': onCorrected,
    'execution.unstarted': onLost,
    'execution.redrive': (detail) =>
      redrive({ ...deps, takeUp: (match) => takeUp(deps, match) }, workflows)(ExecutionRedrive.parse(detail)),
    'kernel.drain': (detail) => letGo(KernelDrain.parse(detail)),
  };
  return ({ 'detail-type': type, detail }: BusEvent): Promise<void> => (doors[type] ?? onEvent)(detail);
};
