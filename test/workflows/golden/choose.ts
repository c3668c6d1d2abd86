import { scenarios } from '../../../local/city/scenarios/index.ts';
import { demoOf } from '../../../local/simulate/demo.ts';
import type { Simulation } from '../../../shared/contracts/simulation.ts';
import { type Step, stepsOf, type Workflow } from '../../../shared/contracts/workflow.ts';
import { whatItLacks } from './exercises.ts';
import { type Assumed, type Name, simulateAs } from './golden.ts';

/** What replies say where the usual would go on for hours: a pursuit ends in its third round. */
const SAID: Readonly<Record<string, NonNullable<Assumed['said']>>> = {
  'pursuit-coordination': { weighPursuit: [{ moving: true }, { moving: true }, { moving: false }] },
};

/** Steps that a subsystem was asked for in the run that goes well, in that order. */
const asked = ({ steps }: Workflow, { timeline }: Simulation): Step[] => {
  const names = [...new Set(timeline.flatMap(({ kind, step }) => (kind === 'action.requested' && step ? [step] : [])))];
  return names.flatMap((name) => stepsOf(steps).find((step) => step.name === name) ?? []);
};

/** Assumptions with what this workflow's replies always say. */
const usually = ({ name }: Workflow, assumed: Assumed): Assumed => (SAID[name] ? { said: SAID[name], ...assumed } : assumed);

/** The first of these assumptions under which a run shows what it is there for. */
const firstThatShows = async (workflow: Workflow, name: Name, tries: AsyncIterable<Assumed> | Iterable<Assumed>): Promise<Assumed> => {
  const lacks: string[] = [];
  for await (const tried of tries) {
    const assumed = usually(workflow, tried);
    const lack = whatItLacks[name](await simulateAs(workflow, assumed));
    if (lack === undefined) return assumed;
    lacks.push(`${JSON.stringify(assumed)}: ${lack}`);
  }
  throw new Error(`${workflow.name} has no golden run for "${name}":\n${lacks.join('\n') || 'there was nothing to try'}`);
};

/** A step that a machine may undo shows most: it is called off, and its units come back. */
const bySlow = (steps: readonly Step[]): Assumed[] =>
  [...steps.filter(({ undo }) => undo === 'auto'), ...steps.filter(({ undo }) => undo !== 'auto')].map(({ name }) => ({ slow: [name] }));

/** A step whose failure fails the run; then, a step that fails and a person who calls the run off once others had an effect. */
async function* byFailure(workflow: Workflow, steps: readonly Step[]): AsyncGenerator<Assumed> {
  for (const { name, onFailure } of steps) if (onFailure === 'fail') yield { fail: [name] };
  for (const { slow: fail = [] } of bySlow(steps)) {
    const { timeline } = await simulateAs(workflow, usually(workflow, { fail }));
    const from = timeline.find(({ kind, step }) => kind === 'step.missed' && step === fail[0])?.atS ?? 0;
    const later = timeline.find(({ kind, atS }) => kind === 'step.completed' && atS > from)?.atS ?? from;
    yield { fail, cancelAfterS: later + 1 };
  }
}

/** Every kind of fact that the scenario's city knows, by name. */
const kindsOf = async (workflow: Workflow): Promise<string[]> => {
  const { world, incidentId } = demoOf(
    scenarios.find(({ workflow: name }) => name === workflow.name),
    0,
  );
  const about = await world.facts.about(['city', `workflow/${workflow.name}`, `incident/${incidentId}`]);
  const kinds = [...new Set(about.map(({ kind }) => kind))].sort();
  // Without its paperwork a record is not closed: true of all, so telling of none.
  return [...kinds.filter((kind) => kind !== 'documentation'), ...kinds.filter((kind) => kind === 'documentation')];
};

/** One fact is taken away. A step that is refused shows more than a run that is. */
async function* byMissingFact(workflow: Workflow): AsyncGenerator<Assumed> {
  const neverStarted: Assumed[] = [];
  for (const kind of await kindsOf(workflow)) {
    const assumed = { without: [kind] };
    if ((await simulateAs(workflow, usually(workflow, assumed))).status === 'REFUSED') neverStarted.push(assumed);
    else yield assumed;
  }
  yield* neverStarted;
}

/** What is done to a workflow so that each golden run shows what it is there for. Throws, saying what was tried, where nothing does. */
export const chosenFor = async (workflow: Workflow): Promise<Record<Name, Assumed>> => {
  const success = await firstThatShows(workflow, 'success', [{}]);
  const steps = asked(workflow, await simulateAs(workflow, usually(workflow, {})));
  return {
    success,
    timeout: await firstThatShows(workflow, 'timeout', bySlow(steps)),
    failedBranch: await firstThatShows(workflow, 'failedBranch', byFailure(workflow, steps)),
    refused: await firstThatShows(workflow, 'refused', byMissingFact(workflow)),
  };
};
