import * as z from 'zod';
import { asItStands } from '../../shared/domain/shown.ts';
import { sightOf } from '../../shared/domain/word.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { isOpen } from '../../shared/stores/executions.ts';
import { workflowNamed } from '../../workflows/index.ts';
import type { AnswerDeps } from './answer.ts';
import { voidOld } from './void.ts';

/** The detail of `workflow.updated`: a later event joined the run's incident, or the incident merged or moved. */
const WorkflowUpdated = z.looseObject({ executionId: z.string() });

/** Open questions of the run are put on the facts as they are now; which events tell of a change is the sender's to judge, whether it matters is looked at here. */
export const refresh =
  (deps: AnswerDeps) =>
  async (raw: BusEvent): Promise<void> => {
    const { executionId } = WorkflowUpdated.parse(raw.detail);
    const execution = await deps.executions.get(executionId);
    if (!execution) return;
    const sight = await sightOf(deps, workflowNamed)(execution);
    for (const { step } of await deps.executions.approvalsOf(executionId)) {
      for (;;) {
        const asked = await deps.executions.asked(executionId, step);
        if (!asked || !isOpen(asked) || asked.kind === 'pause') break;
        const now = asItStands(deps)(sight, asked);
        if (now === asked || (await voidOld(deps)(execution, asked, now))) break;
      }
    }
  };
