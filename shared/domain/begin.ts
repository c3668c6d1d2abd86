import type { Execution, TriggerMatch } from '../contracts/execution.ts';
import type { Entry } from '../contracts/journal.ts';
import { iso } from '../lambda/ids.ts';
import type { Clock } from '../lambda/runtime.ts';
import type { ExecutionsStore } from '../stores/executions.ts';
import type { JournalStore } from '../stores/journal.ts';
import { hourOf } from './figures.ts';

export interface BeginDeps {
  executions: ExecutionsStore;
  journal: JournalStore;
  clock: Clock;
}

/** What the state machine is started with: ids and place; the event stays in the store. */
export const machineInput = ({ input: { event: _, ...input } }: Execution): string => JSON.stringify(input);

/** PENDING → RUNNING, and the match ends as started; for `trigger`, and for `sweep` where a start was lost on the way. */
export const begun =
  ({ executions, journal, clock }: BeginDeps) =>
  async ({ workflow, version, eventKey, incidentId, executionId, at }: Omit<TriggerMatch, 'outcome'>, actor: string): Promise<void> => {
    const about = { actor, incidentId, executionId, data: { workflow, version, eventKey } };
    const entries: Entry[] = [
      { kind: 'match.started', ...about, data: { ...about.data, hour: hourOf(at) } },
      { kind: 'workflow.started', ...about },
    ];
    const started = executions.settleMatch(eventKey, workflow, 'started');
    const running = executions.enter(executionId, 'RUNNING', { startedAt: iso(clock.now()) });
    const done = await journal.commit(incidentId, entries, [started, ...running]);
    // A machine may have ended before we got here: then its status stands, and only the match is still to be settled.
    if (!done.ok) await journal.commit(incidentId, entries, [started]);
  };
