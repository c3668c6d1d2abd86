import fc from 'fast-check';
import { expect } from 'vitest';
import { create as createSweep } from '../../../../functions/sweep/handler.ts';
import type { Activity, Resource } from '../../../../shared/contracts/resource.ts';
import type { Allocation, AllocationRequest } from '../../../../shared/contracts/resource-allocation.ts';
import { AllocationPriority } from '../../../../shared/contracts/vocabulary.ts';
import { endLease, renewLease } from '../../../../shared/domain/release.ts';
import { iso } from '../../../../shared/lambda/ids.ts';
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

const wanted = ({ run, step, count, priority }: Wants): AllocationRequest =>
  request(`R${run}`, { OFFICER: count }, { step: `step${step}`, priority, leaseS: LEASE_S });

/** Takes over what an allocation gave: each unit was free, or could be taken and nothing free was left; each fence is one higher. */
const takeOver = (said: Promises, want: AllocationRequest, units: { id: string; fence: number }[]): void => {
  const { executionId, step, priority } = want;
  const before = new Set(said.heldFor(executionId, step));
  const fresh = units.filter(({ id }) => !before.has(id));
  const [free, takeable] = [said.free(), said.takeable(executionId, priority)];
  const taken = fresh.filter(({ id }) => !free.includes(id));
  expect(taken.every(({ id }) => takeable.includes(id))).toBe(true);
  if (taken.length > 0) expect(fresh.length - taken.length).toBe(free.length);
  const until = iso(said.now + LEASE_S * 1000);
  for (const { id, fence } of fresh) {
    expect(fence).toBe(said.of(id).fence + 1);
    said.claim(id, { resourceId: id, executionId, step, fence, until, priority });
  }
};

/** An allocation is whole or nothing, and it is whole exactly when there are enough that are free or may be taken. */
const judge = (said: Promises, want: AllocationRequest, given: Allocation | undefined): void => {
  const { executionId, step, priority, needs } = want;
  const lacking = (needs.OFFICER ?? 0) - said.heldFor(executionId, step).length;
  const enough = said.free().length + said.takeable(executionId, priority).length >= lacking;
  expect(given?.outcome).toBe(enough || lacking <= 0 ? 'allocated' : 'short');
  if (given?.outcome !== 'allocated') return;
  expect(new Set(given.units.map(({ id }) => id)).size).toBe(given.units.length);
  expect(given.units.length).toBe(Math.max(needs.OFFICER ?? 0, said.heldFor(executionId, step).length));
  takeOver(said, want, given.units);
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
};

class Allocate implements Act {
  constructor(readonly wants: Wants) {}
  check = (): boolean => true;
  async run(said: Promises, ground: Ground): Promise<void> {
    const want = wanted(this.wants);
    judge(said, want, await ground.claim(want));
    await holdTo(ground, said);
  }
  toString = (): string => `allocate(${JSON.stringify(this.wants)})`;
}

/** The process dies before its transaction is written, or after; then the same is asked again. Until then it is all there or not at all. */
class Crash implements Act {
  constructor(
    readonly wants: Wants,
    readonly when: 'before' | 'after',
  ) {}
  check = (): boolean => true;
  async run(said: Promises, ground: Ground): Promise<void> {
    const want = wanted(this.wants);
    ground.dieAt(this.when);
    const given = await ground.claim(want).catch(() => undefined);
    const died = ground.livesAgain();
    if (!died) judge(said, want, given);
    else if (this.when === 'after') judge(said, want, await ground.claim(want));
    else await holdTo(ground, said);
    judge(said, want, await ground.claim(want));
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

/** Time passes and the sweep comes: what has lapsed is unknown, never free. A lease holds to the end of its last moment. */
class Wait implements Act {
  constructor(readonly seconds: number) {}
  check = (): boolean => true;
  async run(said: Promises, ground: Ground): Promise<void> {
    said.now += this.seconds * 1000;
    await ground.scheduler.run(said.now);
    await createSweep(ground.runtime)();
    for (const [id, { status, until = 0 }] of said.units) if (status === 'HELD' && until < said.now) said.end(id, 'UNKNOWN');
    await holdTo(ground, said);
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

export const acts = [
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
