import fc from 'fast-check';
import type { Definition, PartDefinition, StateDefinition } from '../../../../statemachines/interpret/definition.ts';

/**
 * Random machines over every state type. Whatever fails takes time to do it, and no two things take the same, so that of two branches
 * it is always clear which came first.
 */

type Step =
  | { kind: 'pass'; output: number; assigns: boolean }
  | { kind: 'task'; output: number; retry: number; rescue: number; limited: boolean }
  | { kind: 'choice'; divisor: number; otherwise: boolean }
  | { kind: 'wait' }
  | { kind: 'stop'; how: 'fail' | 'undefined' | 'stuck' }
  | { kind: 'parallel'; branches: Step[][]; retry: number; rescue: number }
  | { kind: 'map'; items: number; concurrency: number; tolerated: number; steps: Step[]; retry: number; rescue: number };

const small = (max: number) => fc.nat(max);

const { steps: STEPS } = fc.letrec<{ steps: Step[]; step: Step }>((tie) => {
  const recovers = { retry: small(3), rescue: fc.constantFrom(0, 1, 1, 1, 2, 3, 4) };
  const leaf: fc.Arbitrary<Step>[] = [
    fc.record({ kind: fc.constant('pass' as const), output: small(4), assigns: fc.boolean() }),
    fc.record({ kind: fc.constant('pass' as const), output: small(1), assigns: fc.constant(true) }),
    fc.record({ kind: fc.constant('task' as const), output: small(5), limited: fc.boolean(), ...recovers }),
    fc.record({ kind: fc.constant('task' as const), output: small(3), limited: fc.boolean(), ...recovers }),
    fc.record({ kind: fc.constant('choice' as const), divisor: fc.integer({ min: 1, max: 3 }), otherwise: fc.boolean() }),
    fc.record({ kind: fc.constant('wait' as const) }),
    fc.record({ kind: fc.constant('stop' as const), how: fc.constantFrom('fail' as const, 'undefined' as const, 'stuck' as const) }),
  ];
  const branches = fc.array(tie('steps'), { minLength: 2, maxLength: 3 });
  return {
    steps: fc.array(tie('step'), { minLength: 1, maxLength: 3, depthIdentifier: 'machine' }),
    step: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'machine', withCrossShrink: true },
      ...leaf,
      fc.record({ kind: fc.constant('parallel' as const), branches, ...recovers }),
      fc.record({
        kind: fc.constant('map' as const),
        items: small(4),
        concurrency: small(3),
        tolerated: small(3),
        steps: tie('steps'),
        ...recovers,
      }),
    ),
  };
});

/** Which iteration this is, so that no two of them take the same time. */
const INDEX = '($exists($states.context.Map) ? $states.context.Map.Item.Index : 0)';

const OUTPUTS = [
  undefined,
  '{% $states.input %}',
  { text: '{% $string($states.input) %}', list: [1, '{% $states.context.State.Name %}'] },
  "{% $exists($v0) ? $v0 : 'none' %}",
  '{% $states.context.State.RetryCount %}',
  '{% $states.input.missing %}',
];

const RETRIES = [
  undefined,
  [{ ErrorEquals: ['Busy'], MaxAttempts: 2, IntervalSeconds: 7 }],
  [
    { ErrorEquals: ['States.Timeout', 'Boom'], MaxAttempts: 1, BackoffRate: 1 },
    { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 3, BackoffRate: 3, MaxDelaySeconds: 11 },
  ],
  [{ ErrorEquals: ['States.ALL'], MaxAttempts: 0 }],
];

const RESCUES = [undefined, ['States.ALL'], ['States.TaskFailed'], ['Boom', 'States.QueryEvaluationError'], ['States.Timeout', 'Busy']];

const written = <T extends object>(state: T): StateDefinition => JSON.parse(JSON.stringify(state)) as StateDefinition;

/** Turns steps into states, which take their names and times from one counter for the whole machine. */
class Writer {
  private count = 0;
  private scopes = 0;

  part(steps: readonly Step[]): PartDefinition {
    const scope = this.scopes;
    this.scopes += 1;
    const names = steps.map(() => this.name('S'));
    const last = this.name('Z');
    const states: Record<string, StateDefinition> = {};
    for (const [index, step] of steps.entries()) this.write(states, names[index] ?? '', step, names[index + 1] ?? last, last, scope);
    states[last] = written({ Type: 'Succeed' });
    return { StartAt: names[0] ?? last, States: states };
  }

  private name(letter: string): string {
    this.count += 1;
    return `${letter}${this.count}`;
  }

  private wait(Next: string): StateDefinition {
    this.count += 1;
    return written({ Type: 'Wait', Timestamp: `{% $fromMillis($millis() + ${this.count * 7919} + ${INDEX}) %}`, Next });
  }

  private recovery({ retry, rescue }: { retry: number; rescue: number }, last: string) {
    const ErrorEquals = RESCUES[rescue];
    const Catch = ErrorEquals && [{ ErrorEquals, Next: last, Output: '{% $states.errorOutput.Error %}' }];
    return { Retry: RETRIES[retry], Catch };
  }

  private write(states: Record<string, StateDefinition>, name: string, step: Step, Next: string, last: string, scope: number): void {
    const Assign = { [`v${scope}`]: '{% $states.input %}' };
    if (step.kind === 'pass')
      states[name] = written({ Type: 'Pass', Output: OUTPUTS[step.output], ...(step.assigns ? { Assign } : {}), Next });
    else if (step.kind === 'wait') states[name] = this.wait(Next);
    else if (step.kind === 'choice') states[name] = this.choice(step, Next, last);
    else if (step.kind === 'task') states[name] = this.task(name, step, Next, last);
    else if (step.kind === 'stop') this.stop(states, name, step.how, Next);
    else states[name] = this.fork(step, Next, last);
  }

  private choice({ divisor, otherwise }: Extract<Step, { kind: 'choice' }>, Next: string, last: string): StateDefinition {
    const Condition = `{% $length($string($states.input)) % ${divisor} = 0 %}`;
    const rules = [{ Condition, Next: last, Output: '{% $states.input %}', Assign: {} }];
    return written({
      Type: 'Choice',
      Choices: otherwise ? rules : [...rules, { Condition: true, Next }],
      Default: otherwise ? Next : undefined,
    });
  }

  private task(name: string, step: Extract<Step, { kind: 'task' }>, Next: string, last: string): StateDefinition {
    const seen = "{% [$exists($v0) ? $v0 : 'none', $exists($v1) ? $v1 : 'none'] %}";
    const Arguments = { name, at: '{% $millis() %}', retry: '{% $states.context.State.RetryCount %}', index: `{% ${INDEX} %}`, seen };
    const TimeoutSeconds = step.limited ? `{% ${100 + this.count} + ${INDEX} %}` : undefined;
    const Resource = 'arn:aws:states:::lambda:invoke';
    return written({ Type: 'Task', Resource, Arguments, TimeoutSeconds, Output: OUTPUTS[step.output], ...this.recovery(step, last), Next });
  }

  /** A wait, and then what ends the line. */
  private stop(states: Record<string, StateDefinition>, name: string, how: 'fail' | 'undefined' | 'stuck', Next: string): void {
    const end = this.name('E');
    states[name] = this.wait(end);
    if (how === 'fail') states[end] = written({ Type: 'Fail', Error: "{% 'Bo' & 'om' %}", Cause: 'why' });
    else if (how === 'stuck') states[end] = written({ Type: 'Choice', Choices: [{ Condition: false, Next }] });
    else states[end] = written({ Type: 'Pass', Output: '{% $states.input.missing %}', Next });
  }

  private fork(step: Extract<Step, { kind: 'parallel' | 'map' }>, Next: string, last: string): StateDefinition {
    const recovery = this.recovery(step, last);
    if (step.kind === 'parallel') {
      const Branches = step.branches.map((steps) => this.part(steps));
      return written({ Type: 'Parallel', Arguments: { given: '{% $states.input %}' }, Branches, ...recovery, Next });
    }
    const { items, concurrency: MaxConcurrency, tolerated } = step;
    const more = tolerated === 0 ? {} : { ToleratedFailureCount: tolerated - 1, Output: '{% $count($states.result) %}' };
    const Items = Array.from({ length: items }, (_, index) => index);
    return written({ Type: 'Map', Items, MaxConcurrency, ItemProcessor: this.part(step.steps), ...more, ...recovery, Next });
  }
}

export const MACHINES: fc.Arbitrary<Definition> = STEPS.map((steps) => ({ QueryLanguage: 'JSONata', ...new Writer().part(steps) }));

/** Names of all Task states. */
export const tasksOf = ({ States }: PartDefinition): string[] =>
  Object.entries(States).flatMap(([name, { Type, Branches, ItemProcessor }]) => [
    ...(Type === 'Task' ? [name] : []),
    ...(Branches ?? []).flatMap(tasksOf),
    ...(ItemProcessor ? tasksOf(ItemProcessor) : []),
  ]);
