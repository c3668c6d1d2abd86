import type { ApprovalRecord, Execution } from '../contracts/execution.ts';
import type { Workflow } from '../contracts/workflow.ts';
import { type AnswerRefusal, answerRefusal, type Word } from './answering.ts';
import { type JudgeDeps, judgeWord } from './judge.ts';
import { asItStands, type ShownDeps, type Sight } from './shown.ts';
import { type SituationDeps, situationOf } from './situation.ts';

export interface WordDeps extends SituationDeps, JudgeDeps, ShownDeps {}

type WorkflowOf = (name: string) => Workflow | undefined;

/** The run behind a question as it stands now, with what is known about these persons. */
export const sightOf =
  (deps: WordDeps, workflowNamed: WorkflowOf) =>
  async (execution: Execution, ...persons: string[]): Promise<Sight> => ({
    execution,
    situation: await situationOf(deps)(
      execution,
      persons.map((sub) => `person/${sub}`),
    ),
    workflow: workflowNamed(execution.workflow),
  });

/** Clauses that refuse a person's word, each as it may be quoted. */
const objection = (deps: WordDeps, sight: Sight, asked: ApprovalRecord, word: Word): AnswerRefusal | undefined => {
  const { verdict, clauses } = judgeWord(deps)(sight, asked, word);
  if (verdict !== 'refuse') return undefined;
  const blocking = clauses.filter(({ severity }) => severity === 'BLOCKING');
  return { why: 'guardrail', says: blocking.map(({ id, citation, refusal }) => `${refusal} [${id}: ${citation}]`).join(' ') };
};

/**
 * A question as it stands now, and why this person's word on it does not count, or undefined: who was asked, who asked for it, on which facts,
 * who has spoken, and the chain of command as the guardrails have it. The API asks so that the person hears at once, `settle` so that it holds.
 */
export const weigh =
  (deps: WordDeps) =>
  (sight: Sight, asked: ApprovalRecord, word: Word): { now: ApprovalRecord; refusal: AnswerRefusal | undefined } => {
    const now = asItStands(deps)(sight, asked);
    const refusal = answerRefusal(now, word, sight.execution.input.requestedBy, deps.clock.now()) ?? objection(deps, sight, now, word);
    return { now, refusal };
  };
