import { simulateHere } from '../local/simulate/here.ts';
import { type Simulation, SimulationRequest } from '../shared/contracts/simulation.ts';
import { flatten, type Workflow } from '../shared/contracts/workflow.ts';
import { createPolicyEngine } from '../shared/policy/index.ts';
import { workflows } from '../workflows/index.ts';

/**
 * Milliseconds to simulate every workflow once in the demo city: as it would go, and with nobody answering any question, so that every
 * clock of it runs out. Wall time and CPU of this process; the first pass, which compiles machines and parses expressions, apart from the
 * second. `ROUNDS=20` repeats the list, for a tree that holds few workflows.
 */
const ROUNDS = Number(process.env['ROUNDS'] ?? 1);
const NOW = Date.UTC(2026, 10, 22, 17);

interface Measured {
  readonly name: string;
  readonly ms: number;
  readonly simulation: Simulation;
}

/** Milliseconds of CPU since it was asked for: other work on the machine does not count. */
const cpu = (): (() => number) => {
  const from = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  };
};

const questions = ({ steps }: Workflow): string[] =>
  flatten(steps)
    .filter(({ kind }) => kind === 'approval')
    .map(({ name }) => name);

const measure = async (workflow: Workflow, silent: boolean): Promise<Measured> => {
  const approvals = silent ? Object.fromEntries(questions(workflow).map((name) => [name, 'silent'])) : {};
  const request = SimulationRequest.parse({ workflow: workflow.name, approvals });
  const from = performance.now();
  const simulation = await simulateHere(workflow, request, NOW);
  return { name: workflow.name, ms: performance.now() - from, simulation };
};

const cells = (...row: readonly (string | number)[]): string =>
  row.map((cell, at) => (at === 0 ? String(cell).padEnd(32) : String(cell).padStart(at === 2 ? 11 : 10))).join('');

const say = ({ name, ms, simulation: { status, seconds, timeline, sent, cost } }: Measured): void => {
  const { stateTransitions, invocations, events } = cost.aws;
  console.log(cells(name, ms.toFixed(1), status, Math.round(seconds), timeline.length, stateTransitions, invocations, events, sent.length));
};

const pass = async (title: string, silent: boolean, quiet = false): Promise<void> => {
  const spent = cpu();
  const measured: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) for (const workflow of workflows) measured.push(await measure(workflow, silent));
  const used = spent();
  if (!quiet) {
    console.log(`\n${cells(title, 'ms', 'status', 'virtual s', 'moments', 'transit.', 'invoc.', 'events', 'units')}`);
    for (const one of measured.slice(-workflows.length)) say(one);
  }
  const wall = measured.reduce((sum, { ms }) => sum + ms, 0);
  const virtual = measured.reduce((sum, { simulation }) => sum + simulation.seconds, 0);
  console.log(
    `${title}: ${measured.length} simulations, ${wall.toFixed(0)} ms, ${used.toFixed(0)} ms of CPU, ${Math.round(virtual)} s of virtual time`,
  );
};

const from = performance.now();
createPolicyEngine();
console.log(`the guardrails are read in ${(performance.now() - from).toFixed(0)} ms, once a process`);
await pass('first pass', false, true);
await pass('as it would go', false);
await pass('nobody answers', true);
