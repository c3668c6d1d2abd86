import { ulid } from 'ulid';
import type { WorkflowRequested } from '../../../shared/contracts/execution.ts';
import type { Incident } from '../../../shared/contracts/incident.ts';
import { flatten, type Node, type Workflow } from '../../../shared/contracts/workflow.ts';
import { askedFor } from '../../../shared/domain/asked-for.ts';
import { inputsOf } from '../../../shared/domain/inputs.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { ApiBus } from '../bus.ts';
import type { Ask, Perform } from '../operation.ts';
import { accepted, type FieldError, invalidFields, notFound, ok, type Reply, unavailable } from '../reply.ts';

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

/** What in the request the workflow cannot run with, or without; an incident brings its own place. */
const mistakes = (workflow: Workflow, { location, inputs, via }: Request, incident: Incident | undefined): FieldError[] => {
  const given = inputsOf(workflow, [{ location }, { location: incident?.location }], inputs);
  const { refusal } = askedFor(workflow, via);
  const field = (name: string): FieldError => {
    const { type, values } = workflow.inputs[name] ?? { type: 'location' };
    const what = values ? `one of ${values.join(', ')}` : `a ${type}`;
    if (type === 'location')
      return { path: 'location', message: 'This workflow needs a place: send {lat, lon}, or an incident that has one' };
    return {
      path: `inputs.${name}`,
      message: given.unfit.includes(name) ? `It must be ${what}` : `This workflow cannot run without ${name}: ${what}`,
    };
  };
  return [...(refusal ? [{ path: 'workflow', message: refusal }] : []), ...[...new Set([...given.lacking, ...given.unfit])].map(field)];
};

export const executeWorkflow =
  ({ workflows, incidents, put, runtime: { clock, random } }: Deps): Perform<'executeWorkflow'> =>
  async ({ body, caller, role }) => {
    const workflow = workflows.find(({ name }) => name === body.workflow);
    if (!workflow) return unknown(workflows, body.workflow);
    const known = body.incidentId ? await incidents.get(body.incidentId) : undefined;
    if (body.incidentId && !known) return notFound(`There is no incident ${body.incidentId}; GET /events/fused lists them`);
    const incident = known && (await incidents.root(known.incident.id)).incident;
    const wrong = mistakes(workflow, body, incident);
    if (wrong.length > 0) return invalidFields(wrong);
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
