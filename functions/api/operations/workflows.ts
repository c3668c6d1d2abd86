import { ulid } from 'ulid';
import type { WorkflowRequested } from '../../../shared/contracts/execution.ts';
import { flatten, type Node, type Workflow } from '../../../shared/contracts/workflow.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { ApiBus } from '../bus.ts';
import type { Ask, Perform } from '../operation.ts';
import { accepted, invalidFields, notFound, ok, type Reply, unavailable } from '../reply.ts';

interface Deps {
  workflows: readonly Workflow[];
  incidents: IncidentsStore;
  put: ApiBus;
  runtime: Pick<Runtime, 'clock' | 'random'>;
}

/** Steps and approvals, however deep they stand. */
const stepsIn = (nodes: readonly Node[]): number => flatten(nodes).filter(({ kind }) => kind === 'step' || kind === 'approval').length;

const unknown = (workflows: readonly Workflow[], name: string): Reply =>
  notFound(`There is no workflow ${name.slice(0, 60)}. There are: ${workflows.map((workflow) => workflow.name).join(', ')}`);

export const listWorkflows =
  ({ workflows }: Pick<Deps, 'workflows'>): Perform<'listWorkflows'> =>
  async () =>
    ok({ items: workflows.map(({ steps, ...workflow }) => ({ ...workflow, steps: stepsIn(steps) })) });

export const getWorkflow =
  ({ workflows }: Pick<Deps, 'workflows'>): Perform<'getWorkflow'> =>
  async ({ params: { name = '' } }) => {
    const workflow = workflows.find((candidate) => candidate.name === name);
    return workflow ? ok(workflow) : unknown(workflows, name);
  };

type Request = Ask<'executeWorkflow'>['body'];

/** What the workflow cannot run without and the request does not give; an incident brings its own place. */
const lacking = ({ inputs: wanted }: Workflow, { location, inputs }: Request, place: boolean): { path: string; message: string }[] =>
  Object.entries(wanted).flatMap(([name, { type, required }]) => {
    if (!required) return [];
    if (type !== 'location')
      return name in inputs ? [] : [{ path: `inputs.${name}`, message: `This workflow cannot run without ${name}: a ${type}` }];
    if (location || place) return [];
    return [{ path: 'location', message: 'This workflow needs a place: send {lat, lon}, or an incident that has one' }];
  });

export const executeWorkflow =
  ({ workflows, incidents, put, runtime: { clock, random } }: Deps): Perform<'executeWorkflow'> =>
  async ({ body, caller, role }) => {
    const workflow = workflows.find(({ name }) => name === body.workflow);
    if (!workflow) return unknown(workflows, body.workflow);
    const known = body.incidentId ? await incidents.get(body.incidentId) : undefined;
    if (body.incidentId && !known) return notFound(`There is no incident ${body.incidentId}; GET /events/fused lists them`);
    const incident = known && (await incidents.root(known.incident.id)).incident;
    const missing = lacking(workflow, body, incident?.location !== undefined);
    if (missing.length > 0) return invalidFields(missing);
    const requestId = ulid(clock.now(), random);
    const request: WorkflowRequested = {
      ...body,
      location: body.location ?? incident?.location,
      incidentId: incident?.id,
      requestId,
      by: caller.sub,
      role,
      at: iso(clock.now()),
    };
    const busId = await put({ source: 'swoe', type: 'workflow.requested', detail: request });
    if (!busId) return unavailable('The bus did not take the request: nothing was started, try again');
    return accepted({ executionId: `${workflow.name}-${incident?.id ?? requestId}`, requestId });
  };
