import type { ActionType, Priority } from '../../shared/contracts/vocabulary.ts';
import { type Approval, type Trigger, Workflow } from '../../shared/contracts/workflow.ts';
import { type Duration, seconds } from './duration.ts';
import type { ApprovalSpec, Branches, FreeNode, LifeSafetyOverride, ParallelOf, Standing, StepOf, StepSpec } from './types.ts';

/** The clause that records a life-safety override and its review. */
export const LIFE_SAFETY_REVIEW = 'life-safety-review';

/** One task. `lifeSafety` lets an irreversible action go without approval and has it reviewed within a day. */
export const step = <A extends ActionType, L extends LifeSafetyOverride | undefined = undefined>(
  name: string,
  spec: StepSpec<A> & { readonly lifeSafety?: L },
): StepOf<A, L> => {
  const { lifeSafety, within, guardrails = [], with: values = {}, needs = {}, retries = 0, ...rest } = spec;
  const node = {
    kind: 'step',
    name,
    ...rest,
    with: values,
    needs,
    within: seconds(within),
    retries,
    guardrails: lifeSafety ? [...guardrails, LIFE_SAFETY_REVIEW] : guardrails,
  };
  return node as unknown as StepOf<A, L>;
};

/** Branches that run side by side; the next node waits for all of them. */
export const parallel = <const B extends Branches>(name: string, branches: B): ParallelOf<B> =>
  ({ kind: 'parallel', name, branches }) as unknown as ParallelOf<B>;

/** Asks a person; `then` runs only on a yes. */
export const approval = (name: string, spec: ApprovalSpec): Standing<Approval, 'anywhere'> => {
  const node = { kind: 'approval', name, ...spec, escalateTo: spec.escalateTo ?? [], within: seconds(spec.within) };
  return node as unknown as Standing<Approval, 'anywhere'>;
};

export const required = 'required';

export interface WorkflowSpec {
  readonly name: string;
  readonly title: string;
  readonly version: number;
  readonly purpose: string;
  readonly priority: Priority;
  readonly timeout: Duration;
  readonly on: readonly Trigger[];
  readonly inputs: Readonly<Partial<Record<Workflow['inputs'][number], typeof required>>>;
  readonly guardrails: readonly string[];
  readonly steps: readonly FreeNode[];
}

/** A response, checked against its contract as it is defined. */
export const defineWorkflow = ({ timeout, inputs, ...rest }: WorkflowSpec): Workflow =>
  Workflow.parse({ ...rest, timeout: seconds(timeout), inputs: Object.keys(inputs) });
