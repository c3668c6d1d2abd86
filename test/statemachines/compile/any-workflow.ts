// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import fc from 'fast-check';
import { flatten, type Node, type Step, type Workflow } from '../../../shared/contracts/workflow.ts';
import { all, given, not, said } from '../../../workflows/language/condition.ts';
import { flag, place } from '../../../workflows/language/input.ts';
import type { Condition } from '../../../workflows/language/types.ts';
import { aStep, aWorkflow } from './samples.ts';

/** Which earlier finding a condition depends on, and how; fitted to the findings there are once the tree is known. */
interface Wish {
  readonly which: number;
  readonly how: 'said' | 'not-said' | 'given' | 'both';
}

type Draft = { readonly when: Wish | undefined } & (
  | { readonly kind: 'step'; readonly step: Partial<Step> }
  | {
      readonly kind: 'approval';
      readonly climb: number;
      readonly within: number;
      readonly then: readonly Draft[];
      readonly otherwise: readonly Draft[];
    }
  | { readonly kind: 'parallel'; readonly branches: readonly (readonly Draft[])[] }
  | {
      readonly kind: 'repeat';
      readonly every: number;
      readonly times: number;
      readonly until: Wish | undefined;
      readonly steps: readonly Draft[];
    }
);

const wish = fc.option(fc.record<Wish>({ which: fc.nat(9), how: fc.constantFrom('said', 'not-said', 'given', 'both') }), {
  nil: undefined,
  freq: 2,
});

const ASSESS = { action: 'THREAT_ASSESSMENT', with: { topic: 'gunfire', basis: 'sensor' } } as const;
const kinds = fc.constantFrom<Partial<Step>>(
  ASSESS,
  ASSESS,
  ASSESS,
  { action: 'SENSOR_ACTIVATE', with: { what: 'cameras', radiusM: 1, keepMinutes: 1 }, undo: 'auto' },
  { action: 'RESOURCE_ALLOCATE', with: { purpose: 'respond' }, undo: 'auto' },
  { action: 'RESOURCE_ALLOCATE', with: { purpose: 'respond' }, undo: 'auto' },
  { action: 'PATROL_REROUTE', with: { mode: 'respond' }, undo: 'human' },
);

const step: fc.Arbitrary<Partial<Step>> = fc
  .tuple(kinds, fc.constantFrom('degrade', 'fail', 'hold'), fc.nat(2), fc.integer({ min: 1, max: 900 }))
  .map(([kind, onFailure, retries, within]) => ({
    ...kind,
    onFailure: kind.action === 'PATROL_REROUTE' ? ('degrade' as const) : (onFailure as Step['onFailure']),
    retries,
    within,
  }));

const { nodes } = fc.letrec<{ node: Draft; nodes: readonly Draft[] }>((tie) => {
  const few = (maxLength: number) => fc.array(tie('node'), { minLength: 1, maxLength, depthIdentifier: 'nodes' });
  const leaf = fc.record({ kind: fc.constant('step' as const), when: wish, step });
  return {
    node: fc.oneof(
      { maxDepth: 3, depthSize: 'small', depthIdentifier: 'nodes' },
      { weight: 3, arbitrary: leaf },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('approval' as const),
          when: wish,
          climb: fc.nat(2),
          within: fc.integer({ min: 1, max: 900 }),
          then: few(2),
          otherwise: fc.oneof(fc.constant([]), few(2)),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('parallel' as const),
          when: wish,
          branches: fc.array(few(2), { minLength: 1, maxLength: 3 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('repeat' as const),
          when: wish,
          every: fc.integer({ min: 1, max: 60 }),
          times: fc.constantFrom(1, 2, 3, 3),
          until: fc.option(wish, { nil: undefined, freq: 1 }),
          steps: few(2),
        }),
      },
    ) as fc.Arbitrary<Draft>,
    nodes: few(4),
  };
});

const findings = (before: readonly Node[]): string[] =>
  before.flatMap((node) => (node.kind === 'step' && node.action === 'THREAT_ASSESSMENT' ? [node.name] : []));

const fitted = (wanted: Wish | undefined, before: readonly Node[]): Condition | undefined => {
  if (!wanted) return undefined;
  const known = findings(before);
  // What was found last is what later nodes mostly depend on.
  const name = known.at(-1 - (wanted.which % Math.max(1, Math.min(2, known.length))));
  if (wanted.how === 'given' || name === undefined) return given('urgent');
  const weapon = said('THREAT_ASSESSMENT', name, 'weapon', true);
  if (wanted.how === 'both') return all(weapon, given('urgent'));
  return wanted.how === 'said' ? weapon : not(weapon);
};

/** Names nodes in their order, and fits conditions to what runs before them. */
const build = (drafts: readonly Draft[], names: Generator<string>, before: readonly Node[]): Node[] => {
  const made: Node[] = [];
  for (const draft of drafts) {
    const known = [...before, ...flatten(made)];
    const name = names.next().value as string;
    const inside = (inner: readonly Draft[]): Node[] => build(inner, names, known);
    const common = { name, when: fitted(draft.when, known) };
    if (draft.kind === 'step') made.push({ ...aStep(name, draft.step), ...common });
    else if (draft.kind === 'parallel')
      made.push({
        kind: 'parallel',
        ...common,
        branches: Object.fromEntries(draft.branches.map((branch, at) => [`b${at}`, inside(branch)])),
      });
    else if (draft.kind === 'repeat') {
      const steps = inside(draft.steps);
      made.push({
        kind: 'repeat',
        ...common,
        every: draft.every,
        times: draft.times,
        until: fitted(draft.until, [...known, ...flatten(steps)]),
        steps,
      });
    } else {
      const climb = (['watch_commander', 'chief'] as const).slice(0, draft.climb);
      made.push({
        kind: 'approval',
        ...common,
        ask: 'supervisor',
        question: 'May we?',
        within: draft.within,
        onSilence: draft.climb > 0 ? 'escalate' : 'refuse',
        escalateTo: climb,
        then: inside(draft.then),
        otherwise: inside(draft.otherwise),
      });
    }
  }
  return made;
};

function* named(): Generator<string> {
  for (let at = 1; ; at += 1) yield `n${at}`;
}

/** Any flow that the language can express, of a few nodes, between an opening and a closing. */
export const anyWorkflow: fc.Arbitrary<Workflow> = nodes.map((drafts) =>
  aWorkflow(build(drafts, named(), []), {
    timeout: 50_000_000,
    inputs: { location: place({ required: true }), urgent: flag('data.urgent') },
  }),
);
