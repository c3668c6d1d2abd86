import jsonata from 'jsonata';
import type { Catcher, Definition, PartDefinition, Retrier, StateDefinition } from '../../../../statemachines/interpret/definition.ts';

/**
 * What a machine does, said plainly: each state is a function of its input, its variables and the time it begins. A branch is followed
 * to its end alone, and whoever waits for it takes of it what happened until it was cut off.
 */

export type Outcome = { output: unknown; after: number } | { error: string; after: number };
export type World = (given: unknown) => Outcome;

interface Try {
  name: string;
  at: number;
}

/** How a line or a state ended, when, and which tasks it tried on the way. */
type Ended = { at: number; tries: Try[] } & ({ output: unknown } | { error: string });
type Left = Ended & { next?: string | undefined; assigned?: Record<string, unknown> };

interface Scope {
  variables: Record<string, unknown>;
  item?: { Index: number; Value: unknown };
}

interface Visit extends Scope {
  name: string;
  state: StateDefinition;
  input: unknown;
  at: number;
  retry: number;
  world: World;
  result?: unknown;
  errorOutput?: { Error: string };
}

class Undefined extends Error {}

const expression = /^\{%([\s\S]*)%\}$/;

const filled = async (template: unknown, visit: Visit): Promise<unknown> => {
  if (Array.isArray(template)) return Promise.all(template.map((item) => filled(item, visit)));
  if (typeof template === 'object' && template !== null) {
    const members = Object.entries(template).map(async ([key, value]): Promise<[string, unknown]> => [key, await filled(value, visit)]);
    return Object.fromEntries(await Promise.all(members));
  }
  const text = typeof template === 'string' ? expression.exec(template)?.[1] : undefined;
  if (text === undefined) return template;
  const { variables, input, item, name, at, retry, result, errorOutput } = visit;
  const context = { State: { Name: name, RetryCount: retry }, ...(item ? { Map: { Item: item } } : {}) };
  const states = { input, context, ...(result === undefined ? {} : { result }), ...(errorOutput ? { errorOutput } : {}) };
  const value = await jsonata(text).evaluate(undefined, { ...variables, states, millis: () => at });
  if (value === undefined) throw new Undefined();
  return JSON.parse(JSON.stringify(value));
};

/** A failed evaluation is the state's failure, at the time it has. */
const evaluating = async (visit: Visit, tries: Try[], work: () => Promise<Left>): Promise<Left> =>
  work().catch(() => ({ at: visit.at, tries, error: 'States.QueryEvaluationError' }));

const leaving = async (
  visit: Visit,
  tries: Try[],
  outcome: { Output?: unknown; Assign?: Record<string, unknown> },
  next: string | undefined,
  otherwise: unknown,
): Promise<Left> => {
  const output = outcome.Output === undefined ? otherwise : await filled(outcome.Output, visit);
  return { at: visit.at, tries, output, next, assigned: (await filled(outcome.Assign ?? {}, visit)) as Record<string, unknown> };
};

const covers = ({ ErrorEquals }: Retrier | Catcher, error: string): boolean =>
  error !== 'States.Runtime' &&
  ErrorEquals.some((name) => name === error || name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout'));

const delay = ({ IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = 1e9 }: Retrier, done: number): number =>
  Math.min(IntervalSeconds * BackoffRate ** done, MaxDelaySeconds) * 1000;

/** Tries a state until it succeeds or its retriers are used up, and then catches. */
const recovered = async (visit: Visit, once: (visit: Visit) => Promise<Left>): Promise<Left> => {
  const { Retry = [], Catch = [] } = visit.state;
  const done = new Map<Retrier, number>();
  const tries: Try[] = [];
  for (let { at, retry } = visit; ; retry += 1) {
    const left = await once({ ...visit, at, retry });
    tries.push(...left.tries);
    if (!('error' in left)) return { ...left, tries };
    const { error } = left;
    const retrier = Retry.find((candidate) => covers(candidate, error));
    const count = retrier ? (done.get(retrier) ?? 0) : 0;
    if (retrier && count < (retrier.MaxAttempts ?? 3)) {
      done.set(retrier, count + 1);
      at = left.at + delay(retrier, count);
      continue;
    }
    const catcher = Catch.find((candidate) => covers(candidate, error));
    if (!catcher) return { at: left.at, tries, error };
    const caught = { ...visit, at: left.at, retry, errorOutput: { Error: error } };
    return evaluating(caught, tries, () => leaving(caught, tries, catcher, catcher.Next, undefined));
  }
};

const resulting = (visit: Visit, at: number, tries: Try[], result: unknown): Promise<Left> => {
  const then = { ...visit, at, result };
  return evaluating(then, tries, () => leaving(then, tries, visit.state, visit.state.Next, result));
};

const task = async (visit: Visit): Promise<Left> => {
  const given = await filled(visit.state.Arguments, visit);
  const limit =
    visit.state.TimeoutSeconds === undefined ? Number.POSITIVE_INFINITY : Number(await filled(visit.state.TimeoutSeconds, visit)) * 1000;
  const outcome = visit.world(given);
  const tries = [{ name: visit.name, at: visit.at }];
  if (outcome.after > limit) return { at: visit.at + limit, tries, error: 'States.Timeout' };
  const at = visit.at + outcome.after;
  return 'error' in outcome ? { at, tries, error: outcome.error } : resulting(visit, at, tries, outcome.output);
};

const until = (at: number, lines: readonly Ended[]): Try[] => lines.flatMap(({ tries }) => tries.filter((tried) => tried.at <= at));

const first = (lines: readonly Ended[]): Ended => lines.reduce((one, other) => (other.at < one.at ? other : one));

const parallel = async (visit: Visit): Promise<Left> => {
  const { state, at, world, variables, item } = visit;
  const input = await filled(state.Arguments, visit);
  const lines = await Promise.all((state.Branches ?? []).map((branch) => line(branch, input, { variables, item }, at, world)));
  const failed = lines.filter((ended) => 'error' in ended);
  if (failed.length > 0) {
    const cut = first(failed) as Ended & { error: string };
    return { at: cut.at, tries: until(cut.at, lines), error: cut.error };
  }
  const end = Math.max(...lines.map((ended) => ended.at));
  return resulting(
    visit,
    end,
    until(end, lines),
    lines.map((ended) => ('output' in ended ? ended.output : undefined)),
  );
};

/** Iterations begin when one before them ends; the first failure too many cuts all that run. */
const map = async (visit: Visit): Promise<Left> => {
  const { state, world, variables } = visit;
  const items = (await filled(state.Items, visit)) as unknown[];
  const most = Number(state.MaxConcurrency) || 40;
  const tolerated = state.ToleratedFailureCount as number | undefined;
  const all: Ended[] = [];
  const running = new Set<Ended>();
  let now = visit.at;
  let failures = 0;
  for (let next = 0; next < items.length || running.size > 0; ) {
    while (next < items.length && running.size < most) {
      const item = { Index: next, Value: items[next] };
      const begun = state.ItemProcessor && (await line(state.ItemProcessor, item.Value, { variables, item }, now, world));
      if (begun) {
        all.push(begun);
        running.add(begun);
      }
      next += 1;
    }
    const ended = first([...running]);
    running.delete(ended);
    now = ended.at;
    failures += 'error' in ended ? 1 : 0;
    if ('error' in ended && failures > (tolerated ?? 0))
      return { at: now, tries: until(now, all), error: tolerated === undefined ? ended.error : 'States.ExceedToleratedFailureThreshold' };
  }
  return resulting(
    visit,
    now,
    until(now, all),
    all.map((ended) => ('output' in ended ? ended.output : 'failed')),
  );
};

const choice = async (visit: Visit): Promise<Left> => {
  for (const rule of visit.state.Choices ?? []) {
    if (await filled(rule.Condition, visit)) return leaving(visit, [], rule, rule.Next, visit.input);
  }
  if (visit.state.Default === undefined) return { at: visit.at, tries: [], error: 'States.Runtime' };
  return leaving(visit, [], visit.state, visit.state.Default, visit.input);
};

const wait = async (visit: Visit): Promise<Left> => {
  const at = Date.parse(String(await filled(visit.state.Timestamp, visit)));
  return leaving({ ...visit, at }, [], visit.state, visit.state.Next, visit.input);
};

const OF_TYPE: Record<string, (visit: Visit) => Promise<Left>> = {
  Task: (visit) => recovered(visit, task),
  Parallel: (visit) => recovered(visit, parallel),
  Map: (visit) => recovered(visit, map),
  Choice: choice,
  Wait: wait,
  Fail: async (visit) => ({ at: visit.at, tries: [], error: String(await filled(visit.state.Error, visit)) }),
};

const plain = (visit: Visit): Promise<Left> => leaving(visit, [], visit.state, visit.state.Next, visit.input);

const line = async (part: PartDefinition, input: unknown, scope: Scope, at: number, world: World): Promise<Ended> => {
  const tries: Try[] = [];
  let variables = scope.variables;
  let ended: Ended = { at, tries, output: input };
  for (let name: string | undefined = part.StartAt; name !== undefined; ) {
    const state: StateDefinition | undefined = part.States[name];
    if (!state || 'error' in ended) break;
    const visit: Visit = { ...scope, variables, name, state, input: ended.output, at: ended.at, retry: 0, world };
    const left: Left = await evaluating(visit, [], () => (OF_TYPE[state.Type] ?? plain)(visit));
    tries.push(...left.tries);
    variables = { ...variables, ...left.assigned };
    name = left.next;
    ended = 'error' in left ? { at: left.at, tries, error: left.error } : { at: left.at, tries, output: left.output };
  }
  return ended;
};

/** Runs a machine from `at`, in milliseconds, in a world that says how each task goes. */
export const evaluated = (definition: Definition, input: unknown, at: number, world: World): Promise<Ended> =>
  line(definition, input, { variables: {} }, at, world);
