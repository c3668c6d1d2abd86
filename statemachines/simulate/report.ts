import type { Sent, SimulatedStatus, Simulation } from '../../shared/contracts/simulation.ts';
import { type Step, stepsOf } from '../../shared/contracts/workflow.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { HistoryEvent } from '../interpret/protocol.ts';
import type { Beginning } from './beginning.ts';
import { historyOf, transitionsOf } from './history.ts';
import type { Run } from './run.ts';

/** Unit-minutes by type, as far as the run goes. */
const unitCost = (sent: readonly Sent[], seconds: number): Simulation['cost']['units'] => {
  const types = [...new Set(sent.map(({ type }) => type))].sort();
  return types.map((type) => {
    const own = sent.filter((unit) => unit.type === type);
    const minutes = own.reduce((sum, { fromS, untilS = seconds }) => sum + (untilS - fromS) / 60, 0);
    return { type, count: new Set(own.map(({ id }) => id)).size, minutes: Number(minutes.toFixed(2)) };
  });
};

/** Why a step that needs units never went out. */
const whyNot = (run: Run, { name }: Step): string => {
  const record = run.records.get(name);
  if (record?.cause) return record.cause;
  if (run.tale.moments.some(({ kind, step }) => kind === 'step.passed-over' && step === name)) return 'its condition does not hold';
  return record ? `it is ${record.status}` : 'the run does not come to it';
};

const notSent = (run: Run): Simulation['notSent'] => {
  const asked = new Set(run.tale.moments.filter(({ kind }) => kind === 'action.requested').map(({ step }) => step));
  const given = new Set(run.fleet.given().map(({ step }) => step));
  return stepsOf(run.workflow.steps)
    .filter(({ name, needs }) => Object.keys(needs).length > 0 && !asked.has(name) && !given.has(name))
    .map((step) => {
      const { name, action, needs, requires, prefers } = step;
      return { step: name, action, needs, ...(requires ? { requires } : {}), ...(prefers ? { prefers } : {}), why: whyNot(run, step) };
    });
};

interface Ending {
  readonly status: SimulatedStatus;
  readonly law: string;
  readonly history: readonly HistoryEvent[];
  readonly began: number;
}

/** Everything a simulation has to say. */
export const reportOf = (run: Run, { trigger }: Beginning, { status, law, history, began }: Ending): Simulation => {
  const { workflow, execution, tale, fleet, judgements, approvals, undoing, counts } = run;
  const seconds = Math.max(0, ...tale.moments.map(({ atS }) => atS));
  return {
    workflow: workflow.name,
    version: workflow.version,
    law,
    startedBy: execution.input.startedBy,
    trigger,
    startedAt: iso(began),
    seconds,
    status,
    ...(execution.cause ? { cause: execution.cause } : {}),
    degraded: execution.degraded,
    missing: execution.missing,
    timeline: [...tale.moments],
    sent: [...fleet.given()],
    notSent: notSent(run),
    judgements,
    approvals,
    undoing,
    cost: { units: unitCost(fleet.given(), seconds), aws: { stateTransitions: transitionsOf(history), ...counts } },
    history: historyOf(history, began),
  };
};
