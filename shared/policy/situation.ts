import type { Fact } from '../contracts/policy.ts';
import type { ActionType, Category, Priority, Role, Source, TriggerKind } from '../contracts/vocabulary.ts';
import type { Needs } from '../contracts/workflow.ts';
import { bound } from '../domain/sharing/recipients.ts';
import { judged, traitsIn } from './arguments.ts';
import { type Binding, seen } from './choices.ts';
import { intrusion } from './embedded.ts';

/** The run that an action belongs to. */
export interface RunFacts {
  readonly version: number;
  /** Seconds. */
  readonly timeoutS: number;
  readonly startedBy: TriggerKind;
  /** The answered approvals that cover the action and still hold. */
  readonly approvals: readonly { readonly step: string; readonly roles: readonly Role[]; readonly persons: readonly string[] }[];
}

/** A person's word on a question, before it counts. */
export interface AnswerFacts {
  readonly by: string;
  readonly role: Role;
  readonly asked: Role;
  readonly second?: Role;
  readonly isRequester: boolean;
  readonly hasAnswered: boolean;
}

/** What a decision is asked about. Whatever a caller claimed in `inputs` has no place here. */
export interface PolicyRequest {
  readonly workflow: string;
  readonly action: ActionType | 'START_WORKFLOW' | 'ANSWER_APPROVAL';
  readonly run?: RunFacts;
  /** For ANSWER_APPROVAL alone. */
  readonly answer?: AnswerFacts;
  readonly step?: { readonly legalBasis?: string; readonly needs?: Needs; readonly arguments?: Readonly<Record<string, unknown>> };
  /** `aliases` are ids of incidents merged into this one: their facts are its facts. */
  readonly incident: {
    readonly id: string;
    readonly aliases?: readonly string[];
    readonly type: string;
    readonly category?: Category;
    readonly priority?: Priority;
    readonly sources: readonly Source[];
    readonly independentSources: number;
    readonly openedAt?: string;
  };
  /** Partner systems with whom the stage has an agreement that covers this; nobody, where nobody looked. */
  readonly agreed?: readonly string[];
  /** Stored facts as fetched; those about something else, run out, or from a source without authority are passed over. */
  readonly facts: readonly Fact[];
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** Clause ids of the workflow and of the step. */
  readonly guardrails: readonly string[];
  /** The person who asked for the workflow, where one did. */
  readonly requestedBy?: string;
  /** Units in question, whose own facts count. */
  readonly resources?: readonly string[];
}

/** What Cedar is told of the run: who said yes matters as roles, and as a number of persons. */
const runOf = ({ version, timeoutS, startedBy, approvals }: RunFacts) => ({
  version,
  timeoutS: Math.ceil(timeoutS),
  startedBy,
  roles: [...new Set(approvals.flatMap(({ roles }) => roles))],
  approvers: new Set(approvals.flatMap(({ persons }) => persons)).size,
});

const intrusionOf = (action: PolicyRequest['action']): number =>
  action === 'START_WORKFLOW' || action === 'ANSWER_APPROVAL' ? 0 : intrusion[action];

/** Cedar's context for one choice of facts. */
export const context = ({ workflow, action, step, run, answer, incident, agreed = [], requestedBy }: PolicyRequest, binding: Binding) => {
  const { by: _, ...word } = answer ?? {};
  const { type, category, priority, sources, independentSources } = incident;
  return {
    workflow,
    requested: requestedBy !== undefined,
    ...(step?.legalBasis === undefined ? {} : { legalBasis: step.legalBasis }),
    officers: step?.needs?.OFFICER ?? 0,
    intrusion: intrusionOf(action),
    traits: traitsIn(step?.arguments),
    arguments: judged(step?.arguments),
    recipients: bound(action, step?.arguments ?? {}),
    agreed: [...agreed],
    ...(run ? { run: runOf(run) } : {}),
    ...(answer ? { answer: word } : {}),
    incident: { type, ...(category ? { category } : {}), ...(priority ? { priority } : {}), sources: [...sources], independentSources },
    facts: seen(binding),
  };
};
