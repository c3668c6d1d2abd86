import { scenarios } from '../../../local/city/scenarios/index.ts';
import { demoOf } from '../../../local/simulate/demo.ts';
import type { Simulation } from '../../../shared/contracts/simulation.ts';
import { type Step, stepsOf, type Workflow } from '../../../shared/contracts/workflow.ts';
import { whatItLacks } from './exercises.ts';
import { type Assumed, type Name, simulateAs } from './golden.ts';

/** Steps that a subsystem was asked for in the run that goes well, in that order. */
const asked = ({ steps }: Workflow, { timeline }: Simulation): Step[] => {
  const names = [...new Set(timeline.flatMap(({ kind, step }) => (kind === 'action.requested' && step ? [step] : [])))];
  return names.flatMap((name) => stepsOf(steps).find((step) => step.name === name) ?? []);
};

/** The first of these assumptions under which a run shows what it is there for. */
const firstThatShows = async (workflow: Workflow, name: Name, tries: readonly Assumed[]): Promise<Assumed> => {
  const lacks: string[] = [];
  for (const assumed of tries) {
    const lack = whatItLacks[name](await simulateAs(workflow, assumed));
    if (lack === undefined) return assumed;
    lacks.push(`${JSON.stringify(assumed)}: ${lack}`);
  }
  throw new Error(`${workflow.name} has no golden run for "${name}":\n${lacks.join('\n') || 'there was nothing to try'}`);
};

/** A step that a machine may undo shows most: it is called off, and its units come back. */
const bySlow = (steps: readonly Step[]): Assumed[] =>
  [...steps.filter(({ undo }) => undo === 'auto'), ...steps.filter(({ undo }) => undo !== 'auto')].map(({ name }) => ({ slow: [name] }));

/** A step whose failure fails the run; where there is none, a person calls the run off once a step has failed and others had an effect. */
const byFailure = async (workflow: Workflow, steps: readonly Step[]): Promise<Assumed[]> => {
  const fatal = steps.filter(({ onFailure }) => onFailure === 'fail').map(({ name }): Assumed => ({ fail: [name] }));
  if (fatal.length > 0) return fatal;
  const tries = await Promise.all(
    bySlow(steps).map(async ({ slow: fail = [] }) => {
      const { timeline } = await simulateAs(workflow, { fail });
      const from = timeline.find(({ kind, step }) => kind === 'step.failed' && step === fail[0])?.atS ?? 0;
      const later = timeline.find(({ kind, atS }) => kind === 'step.completed' && atS > from)?.atS ?? from;
      return { fail, cancelAfterS: later + 1 };
    }),
  );
  return tries;
};

/** Every kind of fact that the scenario's city knows, by name. */
const kindsOf = async (workflow: Workflow): Promise<string[]> => {
  const { world, incidentId } = demoOf(
    scenarios.find(({ workflow: name }) => name === workflow.name),
    0,
  );
  const about = await world.facts.about(['city', `workflow/${workflow.name}`, `incident/${incidentId}`]);
  return [...new Set(about.map(({ kind }) => kind))].sort();
};

/** One fact is taken away. A step that is refused shows more than a run that is. */
const byMissingFact = async (workflow: Workflow): Promise<Assumed[]> => {
  const tries = (await kindsOf(workflow)).map((kind): Assumed => ({ without: [kind] }));
  const refusing = await Promise.all(
    tries.map(async (assumed) => ({ assumed, starts: (await simulateAs(workflow, assumed)).status !== 'REFUSED' })),
  );
  return [...refusing.filter(({ starts }) => starts), ...refusing.filter(({ starts }) => !starts)].map(({ assumed }) => assumed);
};

/** What is done to a workflow so that each golden run shows what it is there for. Throws, saying what was tried, where nothing does. */
export const chosenFor = async (workflow: Workflow): Promise<Record<Name, Assumed>> => {
  const success = await firstThatShows(workflow, 'success', [{}]);
  const steps = asked(workflow, await simulateAs(workflow, {}));
  return {
    success,
    timeout: await firstThatShows(workflow, 'timeout', bySlow(steps)),
    failedBranch: await firstThatShows(workflow, 'failedBranch', await byFailure(workflow, steps)),
    refused: await firstThatShows(workflow, 'refused', await byMissingFact(workflow)),
  };
};
