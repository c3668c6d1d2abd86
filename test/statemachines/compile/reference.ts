import type { Approval, Node, Parallel, Repeat, Step, Workflow } from '../../../shared/contracts/workflow.ts';
import { vocabulary } from '../../../workflows/vocabulary/index.ts';
import type { Script } from './script.ts';

/**
 * What a workflow means, written down without a state machine: nodes one after the other, branches side by side, a no past an approval.
 * It shares nothing with the compiler but the workflow itself.
 */
export interface Happened {
  readonly atMs: number;
  /** `perform n3 r0`, `ask n4 r0 chief`, `hold …`, `miss n3 r0`, `done n3 r0`. */
  readonly what: string;
}

export interface Meaning {
  readonly status: 'completed' | 'degraded' | 'failed';
  readonly error?: string;
  readonly log: readonly Happened[];
  readonly said: Said;
  readonly endMs: number;
  /** Something happened in one branch in the very millisecond in which another ended the run: either order is right. */
  readonly tie: boolean;
}

type Said = Readonly<Record<string, { readonly weapon: boolean } | undefined>>;

interface Here {
  readonly atMs: number;
  readonly said: Said;
  readonly round: number;
  /** The error that ends the run. */
  readonly error?: string;
}

interface World {
  readonly urgent: boolean;
  /** The next thing that happens at this command. */
  readonly next: (op: string, name: string) => ReturnType<Script>;
  tie: boolean;
}

type Run = (here: Here, log: Happened[], world: World) => Here;

const holds = (condition: string | undefined, { said }: Here, { urgent }: World): boolean => {
  if (condition === undefined) return true;
  const weapon = [...condition.matchAll(/said\.(n\d+)\./g)].map(([, name = '']) => said[name]?.weapon === true);
  const clauses = [...weapon, ...(condition.includes('inputs.urgent') ? [urgent] : [])];
  return condition.includes('$not') ? !clauses.every(Boolean) : clauses.every(Boolean);
};

/** One command to the world: what comes of it, and when; a silence ends with its clock. */
const tell = (op: string, name: string, more: string, withinS: number, here: Here, log: Happened[], world: World) => {
  log.push({ atMs: here.atMs, what: `${op} ${name} r${here.round}${more}` });
  const { answer, afterMs } = world.next(op, name);
  if (answer === 'silence' || afterMs > withinS * 1000) return { error: 'States.Timeout', atMs: here.atMs + Math.ceil(withinS) * 1000 };
  return typeof answer === 'string' ? { error: answer, atMs: here.atMs + afterMs } : { said: answer.said, atMs: here.atMs + afterMs };
};

const missed = (name: string, here: Here, log: Happened[], world: World): Here => {
  const { atMs } = tell('miss', name, '', 60, here, log, world);
  return { ...here, atMs };
};

/** Who is asked about a held step, in turn, and for how long. */
const climb = ({ action, within }: Step): [string, number][] =>
  vocabulary[action].silence === 'refuse'
    ? [['supervisor', 300]]
    : [
        ['supervisor', 30],
        ['watch_commander', 30],
        ['chief', Math.max(300, within)],
      ];

/** Asks one after the other until somebody answers; the error is a no's, or the last silence's. */
const asked = (op: string, name: string, people: readonly (readonly [string, number])[], here: Here, log: Happened[], world: World) => {
  let { atMs } = here;
  for (const [who, within] of people) {
    const told = tell(op, name, ` ${who}`, within, { ...here, atMs }, log, world);
    atMs = told.atMs;
    if (told.error === undefined || told.error === 'SWOE.Refused' || who === people.at(-1)?.[0]) return told;
  }
  throw new Error('nobody was asked');
};

/** An attempt, and further ones as far as a plain failure allows: after 1 s, 2 s, 4 s. */
const attempted = (step: Step, here: Here, log: Happened[], world: World) => {
  let { atMs } = here;
  for (let retry = 0; ; retry += 1) {
    const told = tell('perform', step.name, '', step.within, { ...here, atMs }, log, world);
    if (told.error !== 'Broken' || retry >= step.retries) return told;
    atMs = told.atMs + 2 ** retry * 1000;
  }
};

const runStep =
  (step: Step): Run =>
  (here, log, world) => {
    let { atMs } = here;
    for (;;) {
      const told = attempted(step, { ...here, atMs }, log, world);
      if (told.error === undefined) {
        log.push({ atMs: told.atMs, what: `done ${step.name} r${here.round}` });
        return { ...here, atMs: told.atMs, said: { ...here.said, [step.name]: told.said } };
      }
      const { error } = told;
      const waits = error === 'SWOE.Held' || error === 'SWOE.Paused' || step.onFailure === 'hold';
      const people = error === 'SWOE.Paused' ? ([['supervisor', 86_400]] as const) : climb(step);
      const answered = waits ? asked('hold', step.name, people, { ...here, atMs: told.atMs }, log, world) : told;
      atMs = answered.atMs;
      if (answered.error === undefined) continue;
      if (step.onFailure === 'fail') return { ...here, atMs, error: answered.error };
      return missed(step.name, { ...here, atMs }, log, world);
    }
  };

const runApproval =
  ({ name, ask, escalateTo, within, then, otherwise }: Approval): Run =>
  (here, log, world) => {
    const people = [ask, ...escalateTo].map((who): [string, number] => [who, within]);
    const { atMs, error } = asked('ask', name, people, here, log, world);
    if (error === undefined) return runAll(then)({ ...here, atMs }, log, world);
    return runAll(otherwise)(missed(name, { ...here, atMs }, log, world), log, world);
  };

/** Where one branch ends the run, what the others would have done later never happens. */
const runParallel =
  ({ branches }: Parallel): Run =>
  (here, log, world) => {
    const ran = Object.values(branches).map((nodes) => {
      const own: Happened[] = [];
      return { own, end: runAll(nodes)(here, own, world) };
    });
    const failures = ran.filter(({ end }) => end.error !== undefined).sort((a, b) => a.end.atMs - b.end.atMs);
    const first = failures[0]?.end;
    if (first && failures[1]?.end.atMs === first.atMs) world.tie = true;
    const until = first?.atMs ?? Infinity;
    for (const { own, end } of ran) {
      if (end !== first && own.some(({ atMs }) => atMs === until)) world.tie = true;
      log.push(...own.filter(({ atMs }) => atMs <= until));
    }
    if (first) return { ...here, atMs: first.atMs, error: first.error };
    const said = Object.assign({}, here.said, ...ran.map(({ end }) => changed(here.said, end.said)));
    return { ...here, atMs: Math.max(...ran.map(({ end }) => end.atMs)), said };
  };

const changed = (before: Said, after: Said): Said =>
  Object.fromEntries(Object.entries(after).filter(([name, word]) => before[name] !== word));

const namesIn = (nodes: readonly Node[]): string[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'step') return [node.name];
    if (node.kind === 'parallel') return Object.values(node.branches).flatMap(namesIn);
    return node.kind === 'repeat' ? namesIn(node.steps) : [...namesIn(node.then), ...namesIn(node.otherwise)];
  });

/** Each round has a number of its own, and begins with nothing said in it. */
const runRepeat =
  ({ every, times, until, steps }: Repeat): Run =>
  (here, log, world) => {
    const inside = namesIn(steps);
    let now = here;
    for (let round = 0; ; round += 1) {
      const said = Object.fromEntries(Object.entries(now.said).filter(([name]) => !inside.includes(name)));
      now = runAll(steps)({ ...now, said, round: here.round * times + round }, log, world);
      if (now.error !== undefined) return now;
      const enough = round + 1 === times || (until !== undefined && holds(until, now, world));
      if (enough) return { ...now, round: here.round };
      now = { ...now, atMs: now.atMs + every * 1000 };
    }
  };

const runNode = (node: Node): Run => {
  if (node.kind === 'step') return runStep(node);
  if (node.kind === 'parallel') return runParallel(node);
  return node.kind === 'repeat' ? runRepeat(node) : runApproval(node);
};

const runAll =
  (nodes: readonly Node[]): Run =>
  (start, log, world) => {
    let here = start;
    for (const node of nodes) {
      if (here.error !== undefined) return here;
      if (holds(node.when, here, world)) here = runNode(node)(here, log, world);
    }
    return here;
  };

/** What a run of this workflow comes to in such a world. */
export const meaning = ({ steps }: Workflow, script: Script, urgent: boolean): Meaning => {
  const log: Happened[] = [];
  const count = new Map<string, number>();
  const next: World['next'] = (op, name) => {
    const nth = (count.get(`${op} ${name}`) ?? 0) + 1;
    count.set(`${op} ${name}`, nth);
    return script(op, name, nth);
  };
  const world: World = { urgent, next, tie: false };
  const end = runAll(steps)({ atMs: 0, said: {}, round: 0 }, log, world);
  const ending = end.error === undefined ? 'complete' : 'compensate';
  const endMs = end.atMs + next(ending, '').afterMs;
  const degraded = log.some(({ what }) => what.startsWith('miss'));
  const status = end.error === undefined ? (degraded ? 'degraded' : 'completed') : 'failed';
  return { status, error: end.error, log, said: end.said, endMs, tie: world.tie };
};
