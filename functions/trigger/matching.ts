import type { NormalizedDetail } from '../../shared/contracts/event.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { compilePattern } from '../../shared/pattern/index.ts';

type Matcher = { workflow: Workflow; matches: (event: object) => boolean };

/** Workflows whose EVENT triggers an event meets, by EventBridge patterns over the normalised event. */
export const matching = (workflows: readonly Workflow[]): ((event: NormalizedDetail) => Workflow[]) => {
  const matchers: Matcher[] = workflows.map((workflow) => {
    const patterns = workflow.on.flatMap((trigger) =>
      trigger.kind === 'EVENT' && trigger.pattern ? [compilePattern(trigger.pattern)] : [],
    );
    return { workflow, matches: (event) => patterns.some((pattern) => pattern.matches(event)) };
  });
  return (event) => matchers.filter(({ matches }) => matches(event)).map(({ workflow }) => workflow);
};
