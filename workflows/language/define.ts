import type { ActionType, Priority } from '../../shared/contracts/vocabulary.ts';
import { type Approval, type InputSpec, type Repeat, type Trigger, Workflow } from '../../shared/contracts/workflow.ts';
import { type Duration, seconds } from './duration.ts';
import { stored } from './needs.ts';
import type {
  ApprovalSpec,
  Branches,
  Conditional,
  FreeNode,
  OverrideOf,
  ParallelOf,
  RepeatSpec,
  Standing,
  StepOf,
  StepSpec,
} from './types.ts';

/** The clause that records a life-safety override and its review. */
export const LIFE_SAFETY_REVIEW = 'life-safety-review';

/** One task. `lifeSafety` lets an irreversible action go without approval and has it reviewed within a day. */
export const step = <A extends ActionType, L extends OverrideOf<A> | undefined = undefined>(
  name: string,
  spec: StepSpec<A> & { readonly lifeSafety?: L },
): StepOf<A, L> => {
  const { lifeSafety, within, waits, guardrails = [], with: values = {}, needs = {}, retries = 0, ...rest } = spec;
  const node = {
    kind: 'step',
    name,
    ...rest,
    with: values,
    ...stored(needs),
    ...(waits === undefined ? {} : { waits: seconds(waits) }),
    within: seconds(within),
    retries,
    guardrails: lifeSafety ? [...guardrails, LIFE_SAFETY_REVIEW] : guardrails,
  };
  return node as unknown as StepOf<A, L>;
};

/** Branches that run side by side; the next node waits for all of them. */
export const parallel = <const B extends Branches>(name: string, branches: B, conditional: Conditional = {}): ParallelOf<B> =>
  ({ kind: 'parallel', name, ...conditional, branches }) as unknown as ParallelOf<B>;

/** Asks a person, or two; `then` runs only on a yes, `otherwise` on a no and on silence. */
export const approval = (name: string, spec: ApprovalSpec): Standing<Approval, 'anywhere'> => {
  const { escalateTo = [], otherwise = [], within, ...rest } = spec;
  const node = { kind: 'approval', name, ...rest, escalateTo, within: seconds(within), otherwise };
  return node as unknown as Standing<Approval, 'anywhere'>;
};

/** Does its steps every so often, at most so many times, until a condition holds. */
export const repeat = (name: string, { every, ...rest }: RepeatSpec): Standing<Repeat, 'anywhere'> =>
  ({ kind: 'repeat', name, ...rest, every: seconds(every) }) as unknown as Standing<Repeat, 'anywhere'>;

export interface WorkflowSpec {
  readonly name: string;
  readonly title: string;
  readonly version: number;
  readonly purpose: string;
  readonly priority: Priority;
  readonly timeout: Duration;
  readonly on: readonly Trigger[];
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly supersedes?: readonly string[];
  readonly guardrails: readonly string[];
  readonly steps: readonly FreeNode[];
}

/** A response, checked against its contract as it is defined. */
export const defineWorkflow = ({ timeout, ...rest }: WorkflowSpec): Workflow => Workflow.parse({ ...rest, timeout: seconds(timeout) });
