import fc from 'fast-check';
import { expect } from 'vitest';
import { create as createSweep } from '../../../../functions/sweep/handler.ts';
import type { Activity, Resource } from '../../../../shared/contracts/resource.ts';
import type { Allocation, AllocationRequest } from '../../../../shared/contracts/resource-allocation.ts';
import { AllocationPriority } from '../../../../shared/contracts/vocabulary.ts';
import { downTheLine } from '../../../../shared/domain/allocation/in-line.ts';
import { aheadOf, isOf } from '../../../../shared/domain/allocation/line.ts';
import { serveOne } from '../../../../shared/domain/allocation/serve.ts';
import { stand } from '../../../../shared/domain/allocation/stand.ts';
import { endLease, renewLease } from '../../../../shared/domain/release.ts';
import { iso } from '../../../../shared/lambda/ids.ts';
import { noLending } from '../../../support/lending.ts';
import type { staged } from './ground.ts';
import { request } from './ground.ts';
import type { Promises } from './promises.ts';

type Ground = Awaited<ReturnType<typeof staged>>;
type Act = fc.AsyncCommand<Promises, Ground>;

const LEASE_S = 600;
const ACTOR = 'system/test';

interface Wants {
  readonly run: number;
  readonly step: number;
  readonly count: number;
  readonly priority: AllocationPriority;
}

/** A person's, for an incident: no run has to go on for it. */
const wanted = ({ run, step, count, priority }: Wants): AllocationRequest =>
  request(`R${run}`, { OFFICER: count }, { executionId: `incident/R${run}`, step: `step${step}`, priority, leaseS: LEASE_S });

/** Takes over what an allocation gave: each unit was free, or could be taken and nothing free was left; each fence is one higher; nothing was left to another. */
const takeOver = (said: Promises, want: AllocationRequest, units: { id: string; fence: number }[], kept: ReadonlySet<string>): void => {
  const { executionId, step, priority } = want;
  const before = new Set(said.heldFor(executionId, step));
  const fresh = units.filter(({ id }) => !before.has(id));
  const [free, takeable] = [said.free(kept), said.takeable(executionId, priority, kept)];
  const taken = fresh.filter(({ id }) => !free.includes(id));
  expect(taken.every(({ id }) => takeable.includes(id))).toBe(true);
  if (taken.length > 0) expect(fresh.length - taken.length).toBe(free.length);
  const until = iso(said.now + LEASE_S * 1000);
  for (const { id, fence } of fresh) {
    expect(fence).toBe(said.of(id).fence + 1);
    said.claim(id, { resourceId: id, executionId, step, fence, until, priority });
  }
};

const lackingOf = (said: Promises, { executionId, step, needs }: AllocationRequest): number =>
  Math.max(0, (needs.OFFICER ?? 0) - said.heldFor(executionId, step).length);

const isEnough = (said: Promises, want: AllocationRequest, kept: ReadonlySet<string>): boolean =>
  said.free(kept).length + said.takeable(want.executionId, want.priority, kept).length >= lackingOf(said, want);

/** What is left to those who stand before a request: to each what it could have of the rest, while that is all it needs or it came a short time ago. */
const keptBefore = async (said: Promises, { stores: { resources }, runtime }: Ground, want: AllocationRequest): Promise<Set<string>> => {
  const kept = new Set<string>();
  const ahead = aheadOf(said.line, want, said.now);
  for (const { waiter, chosen, keeps } of await downTheLine({ resources, lending: noLending, clock: runtime.clock })(ahead)) {
    expect(chosen.ok).toBe(isEnough(said, waiter.request, kept));
    expect(keeps).toBe(chosen.ok || said.now - Date.parse(waiter.since) < 300_000);
    const picks = chosen.picks.map(({ id }) => id);
    expect(picks.length).toBe(chosen.ok ? lackingOf(said, waiter.request) : said.free(kept).length);
    expect(picks.filter((id) => kept.has(id))).toEqual([]);
    if (keeps) for (const id of picks) kept.add(id);
  }
  return kept;
};

/** An allocation is whole or nothing, and it is whole exactly when there are enough that are free or may be taken and are left to nobody before it. */
const judge = async (said: Promises, ground: Ground, want: AllocationRequest, claim: () => Promise<Allocation | undefined>) => {
  const kept = await keptBefore(said, ground, want);
  const given = await claim();
  const enough = lackingOf(said, want) === 0 || isEnough(said, want, kept);
  expect(given?.outcome).toBe(enough ? 'allocated' : 'short');
  if (given?.outcome !== 'allocated') return given;
  expect(new Set(given.units.map(({ id }) => id)).size).toBe(given.units.length);
  const { executionId, step, needs } = want;
  expect(given.units.length).toBe(Math.max(needs.OFFICER ?? 0, said.heldFor(executionId, step).length));
  const isWhole = lackingOf(said, want) === 0;
  takeOver(said, want, given.units, kept);
  // Whoever finds that it holds all that it wanted was given nothing, and stays where it stands until the line is looked at.
  if (!isWhole) said.leave(want);
  return given;
};

/** The store as it is, held against what was promised: every head, every list, every lease, and nothing beside them. */
export const holdTo = async ({ stores: { resources } }: Ground, said: Promises): Promise<void> => {
  const ids = [...said.units.keys()];
  const heads = await resources.many(ids);
  expect(heads.map(({ id, status, fence, holder, step, priority }) => ({ id, status, fence, holder, step, priority }))).toEqual(
    ids.map((id) => {
      const { status, fence, holder, step, priority } = said.of(id);
      return { id, status, fence, holder, step, priority };
    }),
  );
  const all = ['0', 'z'] as const;
  expect(await resources.free('OFFICER', all)).toEqual(expect.arrayContaining(heads.filter(({ status }) => status === 'FREE')));
  const [free, busy] = [await resources.free('OFFICER', all), await resources.busy('OFFICER', all, 100)];
  expect(free.length + busy.length).toBe(ids.length);
  expect(busy).toEqual(expect.arrayContaining(heads.filter(({ status }) => status !== 'FREE')));
  const leases = await resources.lapsed('9999');
  const held = heads.filter(({ status }) => status === 'HELD');
  const bare = ({ resourceId, executionId, fence, until }: (typeof leases)[number]) => [resourceId, executionId, fence, until];
  expect(leases.map(bare).sort()).toEqual(held.map(({ id, holder, fence, leaseUntil }) => [id, holder, fence, leaseUntil]).sort());
  for (const unit of held) expect(await resources.leaseOf(unit)).toMatchObject({ fence: unit.fence, until: unit.leaseUntil });
  expect(await resources.line()).toEqual(said.line);
};

class Allocate implements Act {
  constructor(readonly wants: Wants) {}
  check = (): boolean => true;
  async run(said: Promises, ground: Ground): Promise<void> {
    const want = wanted(this.wants);
    await judge(said, ground, want, () => ground.claim(want));
    await holdTo(ground, said);
  }
  toString = (): string => `allocate(${JSON.stringify(this.wants)})`;
}

/** Whoever is short takes a place in the line, where a step has one place and keeps it; nobody is passed over for having asked again. */
class Stand implements Act {
  constructor(
    readonly wants: Wants,
    readonly waitS: number,
  ) {}
  check = (): boolean => true;
  async run(said: Promises, ground: Ground): Promise<void> {
    const want = wanted(this.wants);
    const given = await judge(said, ground, want, () => ground.claim(want));
    if (given?.outcome !== 'short') return holdTo(ground, said);
    const stands = await ground.settle(
      stand(ground.lining)({
        request: want,
        incidentId: `R${this.wants.run}`,
        actor: ACTOR,
        until: said.now + this.waitS * 1000,
        short: given.short,
      }),
    );
    if (typeof stands === 'string') throw new Error(stands);
    const before = said.line.find(isOf(want));
    if (before?.request.priority === want.priority) expect(stands.waiter.place).toBe(before.place);
    else {
      const others = said.line.filter((one) => one !== before && one.request.priority === want.priority);
      expect(others.filter(({ place }) => place > stands.waiter.place)).toEqual([]);
    }
    said.stand(stands.waiter);
    await holdTo(ground, said);
  }
  toString = (): string => `stand(${JSON.stringify(this.wants)}, ${this.waitS} s)`;
}

/** Down the line, once: each is served that can be, whose time is over goes, and then nobody stands there who could be served. */
const serveAll = async (said: Promises, ground: Ground): Promise<void> => {
  for (const waiter of [...said.line]) {
    const { request: want, until } = waiter;
    const serveIt = () => serveOne(ground.lining, ACTOR)(waiter);
    if (Date.parse(until) <= said.now) {
      expect(await serveIt()).toBeUndefined();
      said.leave(want);
    } else if ((await judge(said, ground, want, serveIt))?.outcome === 'allocated') said.leave(want);
    await holdTo(ground, said);
  }
  const { resources } = ground.stores;
  const turns = await downTheLine({ resources, lending: noLending, clock: ground.runtime.clock })(said.line);
  expect(turns.filter(({ chosen }) => chosen.ok)).toEqual([]);
  // What is free and left to nobody would be enough for none of them.
  const kept = new Set(turns.flatMap(({ keeps, chosen }) => (keeps ? chosen.picks.map(({ id }) => id) : [])));
  for (const { request: want } of said.line) expect(said.free(kept).length).toBeLessThan(lackingOf(said, want));
};

/** The process dies before its transaction is written, or after; then the same is asked again. Until then it is all there or not at all. */
class Crash implements Act {
  constructor(
    readonly wants: Wants,
    readonly when: 'before' | 'after',
  ) {}
  check = (): boolean => true;
  async run(said: Promises, ground: Ground): Promise<void> {
    const want = wanted(this.wants);
    const kept = await keptBefore(said, ground, want);
    ground.dieAt(this.when);
    const given = await ground.claim(want).catch(() => undefined);
    const died = ground.livesAgain();
    const isWritten = died && this.when === 'after';
    if (!died) await judge(said, ground, want, async () => given);
    if (isWritten) {
      const again = await ground.claim(want);
      expect(again?.outcome).toBe('allocated');
      if (again?.outcome === 'allocated') takeOver(said, want, again.units, kept);
      said.leave(want);
    }
    await holdTo(ground, said);
    await judge(said, ground, want, () => ground.claim(want));
    await holdTo(ground, said);
  }
  toString = (): string => `crash ${this.when} (${JSON.stringify(this.wants)})`;
}

/** Whoever was given a lease once acts on it: only the present holder does anything. */
class ActOn implements Act {
  constructor(
    readonly which: number,
    readonly what: 'release' | 'renew' | 'keep for another step',
  ) {}
  check = (said: Readonly<Promises>): boolean => said.given.length > 0;
  async run(said: Promises, ground: Ground): Promise<void> {
    const lease = said.given[this.which % said.given.length];
    if (!lease) return;
    const current = said.isCurrent(lease);
    const unit = await ground.stores.resources.get(lease.resourceId);
    const now = current && unit ? ((await ground.stores.resources.leaseOf(unit)) ?? lease) : lease;
    expect(await this.act(said, ground, unit as Resource, now)).toBe(current);
    if (current && this.what === 'release') said.end(lease.resourceId, 'FREE');
    await holdTo(ground, said);
  }
  private async act(said: Promises, { stores }: Ground, unit: Resource, lease: Promises['given'][number]): Promise<boolean> {
    if (this.what === 'release') return endLease(stores)(lease, 'FREE', ACTOR);
    const known = said.of(lease.resourceId);
    if (this.what === 'renew') {
      const until = said.now + 2 * LEASE_S * 1000;
      const done = await renewLease(stores)(lease, iso(until), ACTOR);
      if (done) known.until = until;
      return done;
    }
    const step = `${lease.step}-next`;
    const { ok } = await stores.journal.commit(lease.executionId, [], stores.resources.keep(unit, lease, { ...lease, step }));
    if (ok) known.step = step;
    return ok;
  }
  toString = (): string => `${this.what}(${this.which})`;
}

/** Time passes, and the sweep comes and has the line served: what has lapsed is unknown, never free. A lease holds to the end of its last moment. */
class Wait implements Act {
  constructor(readonly seconds: number) {}
  check = (): boolean => true;
  async run(said: Promises, ground: Ground): Promise<void> {
    said.now += this.seconds * 1000;
    await ground.scheduler.run(said.now);
    await createSweep(ground.runtime)();
    for (const [id, { status, until = 0 }] of said.units) if (status === 'HELD' && until < said.now) said.end(id, 'UNKNOWN');
    await holdTo(ground, said);
    expect(ground.asked.some(({ input }) => String(input['MessageBody']).includes('resource.freed'))).toBe(said.line.length > 0);
    ground.asked.length = 0;
    await serveAll(said, ground);
  }
  toString = (): string => `wait(${this.seconds} s)`;
}

/** A unit's own word: what it is at, or that it can be sent; only so does an unknown one become free. */
class Says implements Act {
  constructor(
    readonly which: number,
    readonly activity: Activity | 'available',
  ) {}
  check = (): boolean => true;
  async run(said: Promises, ground: Ground): Promise<void> {
    const id = [...said.units.keys()][this.which % said.units.size] ?? '';
    const known = said.of(id);
    const available = this.activity === 'available';
    const held = known.status === 'HELD';
    if (held) known.activity = available ? undefined : (this.activity as Activity);
    else known.status = available ? 'FREE' : 'OUT_OF_SERVICE';
    await ground.word(id, available ? { status: 'AVAILABLE' } : { status: 'BUSY', activity: this.activity as Activity });
    await holdTo(ground, said);
  }
  toString = (): string => `unit ${this.which} says ${this.activity}`;
}

const wants: fc.Arbitrary<Wants> = fc.record({
  run: fc.nat(3),
  step: fc.nat(1),
  count: fc.integer({ min: 1, max: 3 }),
  priority: fc.constantFrom(...AllocationPriority.options),
});

/** More than there are units of at times, so that many wait. */
const greedy: fc.Arbitrary<Wants> = wants.map((one) => ({ ...one, count: one.count + 1 }));

export const acts = [
  fc.tuple(fc.oneof(wants, greedy), fc.constantFrom(90, 600, 1500)).map(([one, waitS]) => new Stand(one, waitS)),
  fc.tuple(greedy, fc.constantFrom(90, 600, 1500)).map(([one, waitS]) => new Stand(one, waitS)),
  wants.map((one) => new Allocate(one)),
  wants.map((one) => new Allocate(one)),
  fc.tuple(wants, fc.constantFrom('before' as const, 'after' as const)).map(([one, when]) => new Crash(one, when)),
  fc
    .tuple(fc.nat(30), fc.constantFrom('release' as const, 'renew' as const, 'keep for another step' as const))
    .map(([which, what]) => new ActOn(which, what)),
  fc.constantFrom(60, 400, 700).map((seconds) => new Wait(seconds)),
  fc
    .tuple(
      fc.nat(10),
      fc.constantFrom<Activity | 'available'>('available', 'available', 'EN_ROUTE', 'ON_SCENE', 'TRANSPORTING', 'RESCUING'),
    )
    .map(([which, activity]) => new Says(which, activity)),
];
