import * as z from 'zod';
import { isStatement, NormalizedDetail } from '../../shared/contracts/event.ts';
import { WorkflowRequested } from '../../shared/contracts/execution.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { type AdmitDeps, admit } from './admit.ts';
import { matching } from './matching.ts';
import { merge } from './merge.ts';
import { wantedBy, wantedByPerson } from './plan.ts';

const Merged = z.object({ into: z.string(), from: z.string() });

/** What a normalised event, a person's request or a merge of incidents means for the workflows. */
export const trigger = (deps: AdmitDeps, workflows: readonly Workflow[]) => {
  const matches = matching(workflows);
  const take = admit(deps);

  const onEvent = async (detail: unknown): Promise<void> => {
    const { type } = detail as { type?: string };
    if (isStatement(type ?? '')) return;
    const event = NormalizedDetail.parse(detail);
    const wanted = matches(event);
    if (wanted.length === 0) return;
    const { incident } = await deps.incidents.root(event.incidentId);
    for (const workflow of wanted) await take(wantedBy(workflow, incident.id, event));
  };

  const onRequest = async (detail: unknown): Promise<void> => {
    const request = WorkflowRequested.parse(detail);
    const workflow = workflows.find(({ name }) => name === request.workflow);
    if (!workflow) throw new Error(`No workflow is called ${request.workflow}`);
    const place = request.location ?? (request.incidentId ? (await deps.incidents.root(request.incidentId)).incident.location : undefined);
    await take(wantedByPerson(workflow, { ...request, location: place }));
  };

  return async (raw: BusEvent): Promise<void> => {
    if (raw['detail-type'] === 'workflow.requested') return onRequest(raw.detail);
    if (raw['detail-type'] === 'incident.merged') {
      return merge(deps)(
        workflows.map(({ name }) => name),
        Merged.parse(raw.detail).into,
      );
    }
    return onEvent(raw.detail);
  };
};
