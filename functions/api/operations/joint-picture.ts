import type { Execution } from '../../../shared/contracts/execution.ts';
import type { Incident } from '../../../shared/contracts/incident.ts';
import type { JointOperation, JointPicture, PictureEvent, PictureIncident } from '../../../shared/contracts/joint.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import { lacking } from '../../../shared/domain/answering.ts';
import { disseminated } from '../../../shared/domain/joint/entries.ts';
import { viewOfOperation } from '../../../shared/domain/joint/in-force.ts';
import { type Scope, type Scopes, seeing } from '../../../shared/domain/joint/scope.ts';
import { cut } from '../../../shared/domain/sharing/cut.ts';
import { partnerOf } from '../../../shared/domain/sharing/partners.ts';
import { isShielded } from '../../../shared/domain/sharing/shielded.ts';
import { nodeOf } from '../../../shared/lambda/ids.ts';
import { type Access, seesIncident } from '../../../shared/policy/access/index.ts';
import type { EventsStore, StoredEvent } from '../../../shared/stores/events.ts';
import type { ExecutionsStore } from '../../../shared/stores/executions.ts';
import type { FactsStore } from '../../../shared/stores/facts.ts';
import type { IncidentsStore, Standing } from '../../../shared/stores/incidents.ts';
import type { ResourcesStore } from '../../../shared/stores/resources.ts';
import type { Caller } from '../caller.ts';
import type { Perform } from '../operation.ts';
import { conflict, ok } from '../reply.ts';
import { isOperation, type JointDeps, operationFor } from './joint.ts';

export interface PictureDeps extends JointDeps {
  readonly scopes: Scopes;
  readonly access: Access;
  readonly incidents: Pick<IncidentsStore, 'standing' | 'members'>;
  readonly events: Pick<EventsStore, 'among'>;
  readonly executions: Pick<ExecutionsStore, 'runsOn' | 'steps' | 'openApprovals'>;
  readonly facts: Pick<FactsStore, 'about'>;
  readonly resources: Pick<ResourcesStore, 'many'>;
}

/** The newest of each incident; REST of our own people has all. */
const MOST_EVENTS = 50;
const MOST_RUNS = 20;

/** An event without its producer's own data; of one that would make a child, a victim or a person in crisis known, without who or what. */
const pictured = ({ key, event }: StoredEvent, facts: readonly Fact[], now: number): PictureEvent => {
  const { source, type, category, priority, occurredAt, agency, confidence, threatLevel } = event;
  const what = {
    categories: [category],
    priorities: [priority],
    fields: ['location' as const, 'summary' as const],
    entities: event.entities.map(({ kind }) => kind),
    data: [],
  };
  const { location, summary, entities = [] } = cut(what, event, isShielded(event, facts, now)).data as Partial<PictureEvent>;
  return { key, source, type, category, priority, at: occurredAt, agency, confidence, threatLevel, location, summary, entities, data: {} };
};

const runOf =
  ({ executions }: PictureDeps) =>
  async ({ id, workflow, status, createdAt, endedAt }: Execution): Promise<PictureIncident['runs'][number]> => {
    const steps = (await executions.steps(id)).map(({ step, action, status: how, startedAt, endedAt: end, units }) => ({
      step,
      action,
      status: how,
      startedAt,
      endedAt: end,
      units,
    }));
    return { id, workflow, status, createdAt, endedAt, steps };
  };

const newest = <T>(items: readonly T[], at: (item: T) => string, most: number): T[] =>
  [...items].sort((a, b) => (at(a) < at(b) ? 1 : -1)).slice(0, most);

const picture = async (deps: PictureDeps, { incident, absorbed }: Standing): Promise<PictureIncident> => {
  const ids = [incident.id, ...absorbed];
  const keys = incident.events === 1 ? [incident.eventKey] : await deps.incidents.members(incident.id);
  const [members, facts, runs] = await Promise.all([
    deps.events.among(keys.map(nodeOf)),
    deps.facts.about(ids.map((id) => `incident/${id}`)),
    deps.executions.runsOn(ids),
  ]);
  const now = deps.clock.now();
  const shown = newest(members, ({ event }) => event.occurredAt, MOST_EVENTS).map((one) => pictured(one, facts, now));
  const latest = newest(runs, ({ createdAt }) => createdAt, MOST_RUNS);
  const { summary: _, joined: _joined, eventKey: _key, events: _events, ...rest } = incident satisfies Incident;
  return { ...rest, events: shown, runs: await Promise.all(latest.map(runOf(deps))) };
};

/** The operation's incidents as they stand, each once, as far as the caller may see them. */
const incidentsFor = async (deps: PictureDeps, { operation }: Scope, scopes: readonly Scope[], caller: Caller): Promise<Standing[]> => {
  const found = await Promise.all(operation.incidents.map(deps.incidents.standing));
  const own = new Map(found.flatMap((one) => (one ? [[one.incident.id, one] as const] : [])));
  const isOurs = deps.parties.ours.includes(caller.agency);
  const asker = { roles: caller.roles, agency: caller.agency, partner: !isOurs };
  return [...own.values()].filter(({ incident }) => isOurs || seesIncident(deps.access, asker, seeing(scopes, incident.id)));
};

const questionsOf = async ({ executions }: PictureDeps, runs: ReadonlySet<string>): Promise<JointPicture['questions']> =>
  (await executions.openApprovals())
    .filter(({ kind, executionId }) => kind !== 'pause' && runs.has(executionId))
    .map((asked) => {
      const { id, executionId, step, ask, second, question, expiresAt, factsHash } = asked;
      return { id, executionId, step, ask, second, question, expiresAt, factsHash, lacking: lacking(asked) };
    });

/** Units committed, as they stand. */
const unitsOf = async ({ resources }: PictureDeps, { units }: JointOperation): Promise<JointPicture['units']> =>
  (await resources.many(units.map(({ id }) => id))).map(
    ({ id, type, name, agency, status, activity, location, locatedAt, holder, step }) => ({
      id,
      type,
      name,
      agency,
      status,
      activity,
      location,
      locatedAt,
      holder,
      step,
    }),
  );

/** That people of another agency looked, and at which incidents. */
const note = async (
  { journal, parties, clock }: PictureDeps,
  operation: JointOperation,
  caller: Caller,
  incidents: readonly Standing[],
) => {
  const partner = partnerOf(parties.partners, caller.agency, clock.now());
  const entries = partner
    ? incidents.map(({ incident }) =>
        disseminated(operation, [caller.agency, incident.id], partner.agreement.id, `person/${caller.sub}`, ['picture']),
      )
    : [];
  if (entries.length > 0) await journal.commit(operation.id, entries);
};

/** What all who take part see of an operation in force. What is told to another agency is recorded before it is told. */
export const jointPicture =
  (deps: PictureDeps): Perform<'jointPicture'> =>
  async ({ params: { id = '' }, caller }) => {
    const operation = await operationFor(deps, id, caller);
    if (!isOperation(operation)) return operation;
    const scopes = await deps.scopes();
    const scope = scopes.find((one) => one.operation.id === id);
    const isOurs = deps.parties.ours.includes(caller.agency);
    if (!scope || !(isOurs || scope.agencies.includes(caller.agency)))
      return conflict('There is a picture while the operation is in force, for whoever takes part');
    const standing = await incidentsFor(deps, scope, scopes, caller);
    await note(deps, operation, caller, standing);
    const incidents = await Promise.all(standing.map((one) => picture(deps, one)));
    const runs = new Set(incidents.flatMap((incident) => incident.runs.map((run) => run.id)));
    const [units, questions] = await Promise.all([unitsOf(deps, operation), questionsOf(deps, runs)]);
    return ok({ operation: viewOfOperation(operation, deps.parties, deps.clock.now()), incidents, units, questions });
  };
