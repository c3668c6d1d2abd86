import { ulid } from 'ulid';
import type { Execution } from '../../../shared/contracts/execution.ts';
import type { ExecutionControl, ExecutionRedrive } from '../../../shared/contracts/run-events.ts';
import type { WorkflowStatus } from '../../../shared/contracts/vocabulary.ts';
import { nextId, redriveRefusal } from '../../../shared/domain/redrive.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../../shared/stores/executions.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { ApiBus } from '../bus.ts';
import type { Ask, Perform } from '../operation.ts';
import { byDay, filtered } from '../pages.ts';
import { accepted, conflict, notFound, ok, type Refusal, type Reply, unavailable } from '../reply.ts';

interface Deps {
  executions: ExecutionsStore;
  incidents: Pick<IncidentsStore, 'standing'>;
  put: ApiBus;
  runtime: Pick<Runtime, 'clock' | 'random'>;
}

type Op = ExecutionControl['op'] | 'redrive';

/** In which statuses each command makes sense. The room that does it looks again: this is for whoever can still be told. */
const FITS: Record<Op, readonly WorkflowStatus[]> = {
  pause: ['RUNNING'],
  resume: ['PAUSED'],
  cancel: ['PENDING', 'QUEUED', 'RUNNING', 'PAUSED'],
  redrive: ['FAILED', 'TIMEOUT', 'CANCELLED'],
};

const missing = (id: string): Reply => notFound(`There is no execution ${id.slice(0, 100)}; GET /executions lists them all`);

/** Why a command cannot be taken, or undefined. Pure. */
const unfit = (op: Op, { id, status, ending }: Execution): Reply | undefined => {
  if (!FITS[op].includes(status)) return conflict(`${id} is ${status}; ${op} is for one that is ${FITS[op].join(' or ')}`);
  if (ending && op !== 'redrive' && op !== 'cancel') return conflict(`${id} is ending: there is nothing left to ${op}`);
  return undefined;
};

/** The input is shown with the one execution; a list shows what tells one from another. */
const line = ({ input: { summary, startedBy }, situation: _, missing: lacking, ...execution }: Execution) => ({
  ...execution,
  summary,
  startedBy,
  missing: lacking.map(({ step }) => step),
});

export const listExecutions =
  ({ executions, runtime: { clock } }: Deps): Perform<'listExecutions'> =>
  async ({ query: { workflow, status, incidentId, ...page } }) => {
    const fits = (run: Execution): boolean =>
      (!workflow || run.workflow === workflow) && (!status || run.status === status) && (!incidentId || run.incidentId === incidentId);
    const listed = await byDay(page, clock.now(), (day, within) => filtered((part) => executions.ofDay(day, part), fits)(within));
    return listed.ok ? ok({ ...listed.page, items: listed.page.items.map(line) }) : listed.reply;
  };

/** A command that was taken on. */
interface Taken<P> {
  executionId: string;
  op: P;
  requestId: string;
}

type Command = Pick<Ask<'pauseExecution'>, 'params' | 'body' | 'caller' | 'role'>;

/** Puts a person's command to a run on the bus, where the run is such that it makes sense. */
const command =
  <P extends Op>({ executions, put, runtime: { clock, random } }: Deps, op: P, type: string) =>
  async ({ params: { id = '' }, body: { reason }, caller, role }: Command): Promise<Reply<Taken<P>, 202>> => {
    const execution = await executions.get(id);
    if (!execution) return missing(id);
    const refused = unfit(op, execution);
    if (refused) return refused;
    const asked: ExecutionRedrive = {
      executionId: id,
      reason,
      by: caller.sub,
      role,
      at: iso(clock.now()),
      requestId: ulid(clock.now(), random),
    };
    const busId = await put({ source: 'swoe', type, detail: op === 'redrive' ? asked : { ...asked, op } });
    if (!busId) return unavailable('The bus did not take the command: nothing has changed, try again');
    return accepted({ executionId: id, op, requestId: asked.requestId });
  };

export const control = (deps: Deps, op: ExecutionControl['op']) => command(deps, op, 'execution.control');

/** Why a run is not taken up, or undefined: it must be the newest of its workflow on its incident, and nobody else at it. */
export const redriveAhead =
  ({ executions, incidents }: Pick<Deps, 'executions' | 'incidents'>) =>
  async ({ params: { id = '' } }: Pick<Ask<'redriveExecution'>, 'params'>): Promise<Refusal | undefined> => {
    const ended = await executions.get(id);
    if (!ended) return missing(id);
    const standing = await incidents.standing(ended.incidentId);
    const newest = await executions.runsOn(standing ? [standing.incident.id, ...standing.absorbed] : [ended.incidentId]);
    const refused = redriveRefusal(ended, newest);
    return refused ? conflict(`${ended.id} is not taken up: ${refused}`) : unfit('redrive', ended);
  };

export const redriveExecution = (deps: Deps): Perform<'redriveExecution'> => {
  const put = command(deps, 'redrive', 'execution.redrive');
  const ahead = redriveAhead(deps);
  return async (ask) => {
    const refused = await ahead(ask);
    if (refused) return refused;
    const { id = '' } = ask.params;
    const answer = await put(ask);
    return answer.status === 202 ? accepted({ ...answer.body, executionId: nextId(id), redriveOf: id }) : answer;
  };
};
