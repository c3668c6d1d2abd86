import type { Entry } from '../../shared/contracts/journal.ts';
import type { PartnerTerms } from '../../shared/contracts/partner.ts';
import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import { chooseInLine, type InLineDeps } from '../../shared/domain/allocation/in-line.ts';
import { wantOf } from '../../shared/domain/allocation/want.ts';
import { type ConsentDeps, consentTo, toAsk } from '../../shared/domain/consent.ts';
import { TAKEN_OVER } from '../../shared/domain/hand-over.ts';
import type { JudgeDeps } from '../../shared/domain/judge.ts';
import { judgeWithUnits } from '../../shared/domain/judge-with-units.ts';
import { agreedWith, type Terms, termsFor } from '../../shared/domain/sharing/terms.ts';
import { type Situation, type SituationDeps, situationOf } from '../../shared/domain/situation.ts';
import type { ResourcesStore } from '../../shared/stores/resources.ts';
import { workflowNamed } from '../../workflows/index.ts';
import { isNeverWithheld, vocabulary } from '../../workflows/vocabulary/index.ts';
import { type Attempt, isUnderWay, type RecordDeps, stepEntry } from './record.ts';

export interface AuthoriseDeps extends RecordDeps, JudgeDeps, SituationDeps, Omit<ConsentDeps, 'executions'>, InLineDeps {
  resources: ResourcesStore;
  partnerTerms: readonly PartnerTerms[];
}

/** What guardrails and people say of a step. `held` is there where a person has to be asked before it goes on. */
export interface Authority {
  situation: Situation;
  decision: GuardrailDecision;
  /** Where facts about the units themselves decided: these and no others may be sent on it. */
  only?: readonly string[];
  held: ReturnType<typeof toAsk>;
  /** How each partner system that is asked or told stands to us. */
  terms: readonly Terms[];
  decided: Entry;
}

/** The units that would be sent: those of the attempt under way, those that were claimed for the step, else the ones that `allocate` would take. */
const unitsInQuestion = async (deps: AuthoriseDeps, { execution, command: { step }, record }: Attempt): Promise<string[]> => {
  const { location } = record;
  if (record.units.length > 0 || !location || Object.keys(step.needs).length === 0) return record.units;
  const leases = await deps.resources.heldBy(execution.id);
  const under = (name: string) => leases.filter((lease) => lease.step === name).map(({ resourceId }) => resourceId);
  if (under(step.name).length > 0) return under(step.name);
  const atHand = await deps.resources.many(under(TAKEN_OVER));
  const { chosen } = await chooseInLine(deps)({
    ...wantOf(execution, step, { location, priority: record.priority }, deps.clock.now()),
    incidentId: execution.incidentId,
    atHand,
  });
  return chosen.ok ? chosen.picks.map(({ id }) => id) : [];
};

export const authorise =
  (deps: AuthoriseDeps) =>
  async (attempt: Attempt): Promise<Authority> => {
    const { execution, command, record } = attempt;
    const workflow = workflowNamed(execution.workflow);
    const situation = await situationOf(deps)(execution, [`workflow/${execution.workflow}`]);
    const consent = await consentTo(deps)(attempt, { execution, situation, workflow });
    const { approvals } = consent;
    const { action } = command.step;
    const { discloses } = vocabulary[action];
    const terms = termsFor(deps.partnerTerms, { execution, action, arguments: command.arguments, discloses }, deps.clock.now());
    const agreed = agreedWith(terms);
    const question = { execution, situation, workflow, step: command.step, arguments: command.arguments, approvals, agreed };
    const { decision, only } = await judgeWithUnits(deps)(question, () => unitsInQuestion(deps, attempt));
    // What was dispatched had been allowed: a subsystem is at it, and nobody is asked whether it may begin.
    const held = isUnderWay(attempt) ? undefined : toAsk(decision, consent, isNeverWithheld(command.step.action, command.arguments));
    const said = { action: record.action, ...decision, ...(approvals.length > 0 ? { approvals } : {}) };
    return { situation, decision, only, held, terms, decided: stepEntry('guardrail.decided', execution, record.step, said) };
  };
