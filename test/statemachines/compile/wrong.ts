import { expect, it } from 'vitest';
import type { Node, Workflow } from '../../../shared/contracts/workflow.ts';
import { check } from '../../../statemachines/compile/index.ts';
import { aWorkflow } from './samples.ts';

/** A workflow that is complained about: the code, the place, what is wrong in it. */
export type Wrong = readonly [string, string, readonly Node[], Partial<Workflow>?];

/** Each is complained about at its place, with a cause and a mend. */
export const isWrong = (wrong: readonly Wrong[]): void =>
  it.each(wrong.map(([code, place, nodes, more]) => ({ code, place, workflow: aWorkflow(nodes, more) })))(
    '$code is said of $place, with a cause and a mend',
    ({ code, place, workflow }) => {
      const complaints = check(workflow);
      expect(complaints).toContainEqual(expect.objectContaining({ code, place }));
      for (const { cause, mend } of complaints) expect([cause, mend]).not.toContain('');
    },
  );
