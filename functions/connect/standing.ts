import type { Frame, Standing } from '../../shared/contracts/channel.ts';
import type { ApprovalRecord, Execution } from '../../shared/contracts/execution.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import type { Channel } from '../../shared/contracts/vocabulary.ts';
import { lacking } from '../../shared/domain/answering.ts';
import type { ChannelsStore } from '../../shared/stores/channels.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';

export interface StandingDeps {
  channels: ChannelsStore;
  executions: Pick<ExecutionsStore, 'active' | 'get' | 'openApprovals'>;
  incidents: Pick<IncidentsStore, 'standing'>;
}

/** The newest of what stands; `whole` is false where there is more. */
export interface Stand {
  items: Standing[];
  whole: boolean;
}

/** More runs or questions than anyone can look at; REST has them all. */
const MOST = 200;
/** In how many frames incidents are looked for, and how many are told. */
const FRAMES = 20;
const INCIDENTS = 50;

const aboutRun = ({ workflow, priority, agency }: Execution) => ({ workflow, priority, agency });

const ofRun = (execution: Execution, topic: 'workflow-started' | 'critical-response'): Standing => {
  const { id, workflow, incidentId, status, createdAt, startedAt, deadline, degraded, pausedAt } = execution;
  const data = { workflow, status, deadline, degraded, pausedAt };
  return { topic, kind: 'workflow.started', at: startedAt ?? createdAt, incidentId, executionId: id, about: aboutRun(execution), data };
};

const ofQuestion = (asked: ApprovalRecord, execution: Execution | undefined): Standing => {
  const { id, step, kind, ask, askedAt, expiresAt, executionId, factsHash } = asked;
  const data = { step, workflow: execution?.workflow, approvalId: id, kind, ask, expiresAt, factsHash, lacking: lacking(asked) };
  const about = execution ? aboutRun(execution) : {};
  return { topic: 'approval', kind: 'approval.requested', at: askedAt, incidentId: execution?.incidentId, executionId, about, data };
};

const ofIncident = ({ id, type, category, priority, agency, sources, state, openedAt, lastAt, events, confidence }: Incident): Standing => {
  const data = { type, category, priority, agency, sources, state, openedAt, events, confidence };
  const about = { category, priority, agency, source: sources[0] };
  return { topic: 'fused-event', kind: 'incident.updated', at: lastAt, incidentId: id, about, data };
};

const newestFirst = <T>(items: T[], at: (item: T) => string): T[] => items.sort((a, b) => (at(a) < at(b) ? 1 : -1));

const runs = async ({ executions }: StandingDeps): Promise<{ running: Execution[]; whole: boolean }> => {
  const active = newestFirst(await executions.active(), ({ createdAt }) => createdAt);
  const read = await Promise.all(active.slice(0, MOST).map(({ id }) => executions.get(id)));
  return { running: read.flatMap((execution) => execution ?? []), whole: active.length <= MOST };
};

/** A pause waits for nobody's answer, so it is no question. */
const questions = async ({ executions }: StandingDeps): Promise<Stand> => {
  const open = (await executions.openApprovals()).filter(({ kind }) => kind !== 'pause');
  const shown = newestFirst(open, ({ askedAt }) => askedAt).slice(0, MOST);
  const items = await Promise.all(shown.map(async (asked) => ofQuestion(asked, await executions.get(asked.executionId))));
  return { items, whole: open.length <= MOST };
};

const incidentsIn = (frames: readonly Frame[]): string[] => {
  const told = frames.flatMap(({ messages }) => [...messages].reverse()).filter(({ topic }) => topic === 'fused-event');
  return [...new Set(told.flatMap(({ incidentId }) => incidentId ?? []))];
};

/** The incidents told of last, each as it stands now: what was merged is told as what it became. It is never whole: older ones stay in REST. */
const recent = async ({ channels, incidents }: StandingDeps): Promise<Stand> => {
  const ids = incidentsIn(await channels.newest('events', FRAMES)).slice(0, INCIDENTS);
  const found = await Promise.all(ids.map(incidents.standing));
  const own = new Map(found.flatMap((stands) => (stands ? [[stands.incident.id, stands.incident]] : [])));
  return { items: [...own.values()].map(ofIncident), whole: false };
};

const runsAndQuestions = async (deps: StandingDeps, topic: 'workflow-started' | 'critical-response'): Promise<Stand> => {
  const [{ running, whole }, asked] = await Promise.all([runs(deps), questions(deps)]);
  const told = topic === 'critical-response' ? running.filter(({ priority }) => priority === 'CRITICAL') : running;
  return { items: [...told.map((execution) => ofRun(execution, topic)), ...asked.items], whole: whole && asked.whole };
};

/** What stands now of what a channel shows: runs and open questions, the CRITICAL ones among them for the alerts, recent incidents for the events. */
export const standing = (deps: StandingDeps, channel: Channel): Promise<Stand> => {
  if (channel === 'events') return recent(deps);
  return runsAndQuestions(deps, channel === 'alerts' ? 'critical-response' : 'workflow-started');
};
