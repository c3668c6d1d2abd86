import * as z from 'zod';
import { simulateHere } from '../../../local/simulate/here.ts';
import { type Simulation, SimulationRequest } from '../../../shared/contracts/simulation.ts';
import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { isWorthALine, lineOf } from '../../../statemachines/simulate/index.ts';

/** What a golden run assumes, as it stands in the file: the reader sees what was done to the run, and the run can be done again. */
export const Assumed = z.strictObject({
  fail: z.array(z.string()).optional(),
  slow: z.array(z.string()).optional(),
  cancelAfterS: z.number().optional(),
  said: SimulationRequest.shape.said.unwrap().optional(),
  /** Kinds of facts that nobody stated. */
  without: z.array(z.string()).optional(),
});
export type Assumed = z.infer<typeof Assumed>;

const Run = z.strictObject({ assumed: Assumed, end: z.string(), timeline: z.array(z.string()), history: z.array(z.string()) });
type Run = z.infer<typeof Run>;

export const NAMES = ['success', 'timeout', 'failedBranch', 'refused'] as const;
export type Name = (typeof NAMES)[number];

/** A workflow's four golden runs. */
export const Golden = z.strictObject({ workflow: z.string(), version: z.int(), runs: z.record(z.enum(NAMES), Run) });
export type Golden = z.infer<typeof Golden>;

/** A Sunday noon on which every golden run begins. */
const BEGIN = Date.UTC(2026, 10, 22, 17);

/** Simulates a workflow's own scenario in the demo city under assumptions. */
export const simulateAs = (workflow: Workflow, { without = [], ...assumed }: Assumed): Promise<Simulation> =>
  simulateHere(workflow, SimulationRequest.parse({ workflow: workflow.name, ...assumed }), BEGIN, without);

/** AWS's events, those in a row of one state in a line: `sendDrone: TaskStateEntered TaskScheduled`. */
const historyLines = (history: Simulation['history']): string[] => {
  const lines: { state: string; types: string[] }[] = [];
  for (const { type, state = '' } of history) {
    const last = lines.at(-1);
    if (last && state !== '' && last.state === state) last.types.push(type);
    else lines.push({ state, types: [type] });
  }
  return lines.map(({ state, types }) => `${state ? `${state}: ` : ''}${types.join(' ')}`);
};

const endOf = ({ status, degraded, seconds, missing }: Simulation): string =>
  [
    `${status} after ${seconds} s`,
    ...(degraded ? [`degraded: ${missing.map(({ step, error }) => `${step} ${error}`).join(', ')}`] : []),
  ].join(', ');

const runOf = (assumed: Assumed, simulation: Simulation): Run => ({
  assumed: Assumed.parse(assumed),
  end: endOf(simulation),
  timeline: simulation.timeline.filter(isWorthALine).map(lineOf),
  history: historyLines(simulation.history),
});

/** The golden runs under assumptions that were chosen before. */
export const goldenOf = async (workflow: Workflow, assumed: Readonly<Record<Name, Assumed>>): Promise<Golden> => {
  const runs = await Promise.all(
    NAMES.map(async (name) => [name, runOf(assumed[name], await simulateAs(workflow, assumed[name]))] as const),
  );
  return { workflow: workflow.name, version: workflow.version, runs: Object.fromEntries(runs) as Golden['runs'] };
};

export const textOf = (golden: Golden): string => `${JSON.stringify(golden, null, 1)}\n`;

const root = new URL('../../../', import.meta.url);
export const folder = new URL('test/workflows/golden/', root);
export const fileOf = (workflow: string): URL => new URL(`${workflow}.history.json`, folder);
