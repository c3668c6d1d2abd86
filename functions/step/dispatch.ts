import type { ActionRequested } from '../../shared/contracts/action.ts';
import type { Entity } from '../../shared/contracts/event.ts';
import type { StepRecord } from '../../shared/contracts/execution.ts';
import type { AllocatedUnit } from '../../shared/contracts/resource-allocation.ts';
import { partnerRequests } from '../../shared/domain/partners/request.ts';
import { kindsOf, tellable } from '../../shared/domain/sharing/tellable.ts';
import type { Terms } from '../../shared/domain/sharing/terms.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { disclosed } from '../../shared/restricted/disclosed.ts';
import type { Vault } from '../../shared/restricted/index.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import { type AsideDeps, concludeAnyhow } from './aside.ts';
import type { Authority } from './authorise.ts';
import { trialOf } from './breaker.ts';
import { disseminations } from './disseminate.ts';
import { type Attempt, isUnderWay, stepEntry } from './record.ts';
import { reviewOf } from './review.ts';

export interface DispatchDeps extends AsideDeps {
  bus: OwnBus;
  vault: Pick<Vault, 'whoAre'>;
}

/** Attempts that a step remembers having asked a subsystem for: those of a repeat are many, and only the last ones still matter to anybody. */
const REMEMBERED = 5;

/** What the event named, as far as this action may be told, no guardrail masks it, and every agreement under which it goes out lets it go. */
const entitiesFor = ({ execution, command: { step } }: Attempt, { decision, terms }: Pick<Authority, 'decision' | 'terms'>): Entity[] => {
  const stays = [...decision.redact, ...terms.flatMap(({ withheld }) => withheld)];
  return tellable(
    execution,
    vocabulary[step.action].discloses.filter((kind) => !stays.includes(kind)),
  );
};

/** The case that a run is for, where its request names one, else its incident. */
const caseOf = ({ incidentId, input: { inputs } }: Attempt['execution']): string =>
  typeof inputs['case'] === 'string' ? inputs['case'] : incidentId;

const withPartners = (asked: ActionRequested, { execution }: Attempt, terms: readonly Terms[]): ActionRequested => {
  const partners = partnerRequests(asked, terms, caseOf(execution), execution.input.requestedBy);
  return partners.length > 0 ? { ...asked, partners } : asked;
};

const request = ({ execution, command, record }: Attempt, entities: Entity[], given: AllocatedUnit[], now: number): ActionRequested => ({
  actionId: record.actionId,
  subsystem: record.subsystem ?? '',
  action: command.step.action,
  executionId: execution.id,
  incidentId: execution.incidentId,
  step: command.step.name,
  priority: record.priority ?? execution.priority,
  agency: execution.agency,
  location: record.location,
  arguments: command.arguments,
  entities,
  units: given.map(({ id, type, fence }) => ({ id, type, fence })),
  within: command.step.within,
  legalBasis: command.step.legalBasis,
  requestedAt: iso(now),
});

/** Tells the subsystem, after the store knows that it was told: a crash between the two is mended by the next delivery. The journal says what kinds of entities were told, never which. */
export const dispatch =
  (deps: DispatchDeps) =>
  async (attempt: Attempt, { decided, decision, terms }: Authority, given: AllocatedUnit[]): Promise<boolean> => {
    const { execution, record } = attempt;
    const entities = await disclosed(deps.vault)(entitiesFor(attempt, { decision, terms }));
    const asked = withPartners(request(attempt, entities, given, deps.clock.now()), attempt, terms);
    const { actionId, subsystem, action, within, legalBasis } = asked;
    const told = kindsOf(asked.entities);
    const data = { actionId, action, subsystem, units: given, within, legalBasis, ...(told.length > 0 ? { told } : {}) };
    const now: Partial<StepRecord> = {
      status: 'DISPATCHED',
      units: given.map(({ id }) => id),
      asked: [...new Set([...(record.asked ?? []), actionId])].slice(-REMEMBERED),
      told,
    };
    const requested = stepEntry('action.requested', execution, record.step, data);
    const review = reviewOf(deps.executions, attempt, decision, deps.clock.now());
    const trial = trialOf(deps.kernel, attempt, deps.clock.now());
    // Of an attempt that was dispatched before, only the token is new.
    const done = isUnderWay(attempt)
      ? await concludeAnyhow(deps)(attempt, [], now)
      : await concludeAnyhow(deps)(
          attempt,
          [decided, ...disseminations(attempt, { decision, terms }, asked), requested, ...review.entries, ...trial.entries],
          now,
          [...review.writes, ...trial.writes],
        );
    if (done) await deps.bus.announce({ type: 'action.requested', detail: asked });
    return done;
  };
