import type { NormalizedDetail } from '../../shared/contracts/event.ts';
import type { Simulation } from '../../shared/contracts/simulation.ts';
import type { TriggerKind } from '../../shared/contracts/vocabulary.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { compilePattern } from '../../shared/pattern/index.ts';

const SAYS: Record<TriggerKind, string> = {
  EVENT: 'its event fits',
  CONDITION: 'an incident may become what it waits for',
  CHAIN: 'it may follow another workflow',
  SCHEDULE: 'it is started by the clock',
  MANUAL: 'a person may start it',
  API: "a person's tool may start it",
};

/** Whether the workflow would be started so: it declares such a trigger, and an event fits one of its patterns. */
export const triggerOf = (workflow: Workflow, startedBy: TriggerKind, event: NormalizedDetail | undefined): Simulation['trigger'] => {
  const kinds = workflow.on.filter(({ kind }) => kind === startedBy);
  const fitting = kinds.find(
    (trigger) => trigger.kind !== 'EVENT' || !event || (trigger.pattern !== undefined && compilePattern(trigger.pattern).matches(event)),
  );
  if (fitting) return { fits: true, why: fitting.why ?? SAYS[startedBy] };
  const why =
    kinds.length > 0 ? `no ${startedBy} trigger of ${workflow.name} fits this event` : `${workflow.name} has no ${startedBy} trigger`;
  return { fits: false, why };
};
