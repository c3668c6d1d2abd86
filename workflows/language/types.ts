import type * as z from 'zod';
import type { ActionType, Role } from '../../shared/contracts/vocabulary.ts';
import type { Approval, OnFailure, Parallel, Repeat, Step, Undo } from '../../shared/contracts/workflow.ts';
import type { typed } from '../vocabulary/typed.ts';
import type { Duration } from './duration.ts';
import type { Need } from './needs.ts';

type Vocabulary = typeof typed;

/** JSONata over the machine's input, evaluated when the step starts. */
type Expression = `{%${string}%}`;

/** What must be true for a node to run; write it with the words of condition.ts. */
export type Condition = Expression;

export interface Conditional {
  readonly when?: Condition;
}

/** Without what a reply may say beyond its declaration: an index signature would swallow the declared names. */
type Declared<T> = { [K in keyof T as string extends K ? never : K]: T[K] };
type Reply<A extends ActionType> = Declared<z.output<Vocabulary[A]['reply']>>;

/** What an action's reply may tell conditions: the fields that the vocabulary declares. */
export type OutcomeField<A extends ActionType> = keyof Reply<A> & string;
export type OutcomeValue<A extends ActionType, F extends OutcomeField<A>> = NonNullable<Reply<A>[F]>;

/** The exceptions of Florida's drone statute that a flight may rest on. */
type LegalBasis = `FS 934.50(4)(${'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm' | 'n' | 'o' | 'p'})`;

type Parameters<A extends ActionType> = z.input<Vocabulary[A]['parameters']>;

/** Any text or number may be an expression instead; a choice among a few, and a promise, are written out for reviewers and the law. */
type Computed<T> = string extends T ? Expression : number extends T ? Expression : never;

/** An action's own parameters. */
type Arguments<A extends ActionType> = { [K in keyof Parameters<A>]: Parameters<A>[K] | Computed<Parameters<A>[K]> };

type IsLifeSafety<A extends ActionType> = Vocabulary[A]['lifeSafety'];
type HasUndo<A extends ActionType> = Vocabulary[A] extends { undo: string } ? true : false;

/** A machine undoes nothing that people rely on, and nothing it knows no way back from. */
type UndoOf<A extends ActionType> =
  IsLifeSafety<A> extends true ? Exclude<Undo, 'auto'> : HasUndo<A> extends true ? Undo : Exclude<Undo, 'auto'>;

/** A life-safety step that misses never takes the rest of the response down with it. */
type OnFailureOf<A extends ActionType> = IsLifeSafety<A> extends true ? 'degrade' : OnFailure;

interface StepBase<A extends ActionType> extends Conditional {
  readonly action: A;
  readonly needs?: { readonly [R in Vocabulary[A]['mayNeed'][number]]?: Need<R> };
  /** How long it waits for its units where too few are free, before it does without them as `onFailure` says. */
  readonly waits?: Duration;
  readonly within: Duration;
  readonly retries?: 0 | 1 | 2 | 3 | 4 | 5;
  readonly onFailure: OnFailureOf<A>;
  readonly undo: UndoOf<A>;
  readonly guardrails?: readonly string[];
}

type WithOf<A extends ActionType> =
  Record<never, never> extends Arguments<A> ? { readonly with?: Arguments<A> } : { readonly with: Arguments<A> };

/** The paragraphs under which health data passes; a notice to hospitals, to 988 or to a facility names one too. */
type HealthBasis = `45 CFR 164.51${0 | 2}(${string})`;

type BasisOf<A extends ActionType> = A extends 'DRONE_DISPATCH'
  ? { readonly legalBasis: LegalBasis }
  : A extends 'HUMAN_STABILITY_ALERT' | 'CO_RESPONDER_DISPATCH'
    ? { readonly legalBasis: HealthBasis }
    : { readonly legalBasis?: string };

/** What a step must say. */
export type StepSpec<A extends ActionType> = StepBase<A> & WithOf<A> & BasisOf<A>;

/** Done without asking because waiting kills; somebody reviews it within a day. */
export interface LifeSafetyOverride {
  readonly review: '24h';
}

/** Only what people's lives hang on goes unasked. */
export type OverrideOf<A extends ActionType> = IsLifeSafety<A> extends true ? LifeSafetyOverride | undefined : undefined;

type Irreversible = { [A in ActionType]: Vocabulary[A]['effect'] extends 'irreversible' ? A : never }[ActionType];

/** Where a node may stand: anywhere, or only behind a person's approval. Known to the types alone. */
declare const standing: unique symbol;
export type Standing<N, S extends 'anywhere' | 'behind-approval'> = N & { readonly [standing]: S };

export type FreeNode =
  | Standing<Step, 'anywhere'>
  | Standing<Parallel, 'anywhere'>
  | Standing<Approval, 'anywhere'>
  | Standing<Repeat, 'anywhere'>;
export type AnyNode = FreeNode | Standing<Step, 'behind-approval'> | Standing<Parallel, 'behind-approval'>;

export type StepOf<A extends ActionType, L> = Standing<
  Step,
  A extends Irreversible ? (L extends LifeSafetyOverride ? 'anywhere' : 'behind-approval') : 'anywhere'
>;

export type Branches = Readonly<Record<string, readonly AnyNode[]>>;
export type ParallelOf<B extends Branches> = Standing<
  Parallel,
  B extends Readonly<Record<string, readonly FreeNode[]>> ? 'anywhere' : 'behind-approval'
>;

/** Only what may stand anywhere may stand in a round: what needs a yes needs one each time, so the approval stands inside. */
export interface RepeatSpec extends Conditional {
  readonly every: Duration;
  readonly times: number;
  readonly until?: Condition;
  readonly steps: readonly FreeNode[];
}

interface Question extends Conditional {
  readonly ask: Role;
  /** Another person, in this role, must say yes as well. */
  readonly second?: Role;
  readonly question: string;
  readonly within: Duration;
  readonly then: readonly AnyNode[];
  /** What is done on a no, and on silence. */
  readonly otherwise?: readonly FreeNode[];
}

/** Silence means no, or climbs a declared chain on the same clock and then means no. */
export type ApprovalSpec =
  | (Question & { readonly onSilence: 'refuse'; readonly escalateTo?: never })
  | (Question & { readonly onSilence: 'escalate'; readonly escalateTo: readonly [Role, ...Role[]] });
