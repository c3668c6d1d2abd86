import type { Simulation } from '../../../shared/contracts/simulation.ts';
import type { Name } from './golden.ts';

const has = ({ timeline }: Simulation, ...kinds: string[]): boolean => timeline.some(({ kind }) => kinds.includes(kind));

/** What each golden run is there to show; undefined where it does. */
export const whatItLacks: Readonly<Record<Name, (simulation: Simulation) => string | undefined>> = {
  success: (run) =>
    run.status === 'COMPLETED' && !run.degraded
      ? undefined
      : `it ends ${run.status}, missing ${run.missing.map(({ step }) => step).join(', ')}`,
  timeout: ({ history }) => (history.some(({ type }) => type === 'TaskTimedOut') ? undefined : 'no step runs out of time'),
  failedBranch: (run) => {
    if (!has(run, 'step.missed') && run.status !== 'FAILED') return 'no branch fails';
    if (run.undoing.length === 0) return 'nothing is undone, or named with who must undo it';
    return has(run, 'step.undone', 'step.not-undone') ? undefined : 'no compensation is told';
  },
  refused: (run) => {
    if (!has(run, 'step.refused', 'match.refused')) return 'no guardrail refuses anything';
    return run.judgements.some(({ verdict, clauses }) => verdict === 'refuse' && clauses.length > 0) ? undefined : 'no clause is named';
  },
};
