import type { Operation } from '../../../shared/contracts/endpoints.ts';
import type { Entry } from '../../../shared/contracts/journal.ts';
import type { Resource } from '../../../shared/contracts/resource.ts';
import { tellOfFree } from '../../../shared/domain/allocation/freed.ts';
import { unitChange } from '../../../shared/domain/allocation/unit-word.ts';
import type { OwnBus } from '../../../shared/lambda/bus.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { ResourcesStore } from '../../../shared/stores/resources.ts';
import type { Ask, Perform } from '../operation.ts';
import { conflict, created, notFound, ok, type Reply } from '../reply.ts';

interface Deps {
  resources: ResourcesStore;
  journal: JournalStore;
  bus: OwnBus;
  clock: Clock;
}

type Word = Parameters<typeof unitChange>[0];
type Words = Extract<Operation, 'stateResource' | 'locateResource' | 'maintainResource'>;

const ATTEMPTS = 10;
/** A person's word is dispatch's. */
const SOURCE = 'dispatch';

export const noUnit = (id: string): Reply => notFound(`There is no unit ${id.slice(0, 64)}; GET /resources lists them all`);

const entry = (kind: Entry['kind'], { id, type, status, activity, location, holder }: Resource, by: string, reason?: string): Entry => ({
  kind,
  actor: `person/${by}`,
  executionId: holder,
  data: { resourceId: id, type, status, activity, location, ...(reason === undefined ? {} : { reason }) },
});

/** A unit that can be sent since this word, or otherwise than before it. */
const told = (deps: Deps, { status, type }: Resource): Promise<void> => tellOfFree(deps)(status === 'FREE' ? [type] : []);

export const registerResource =
  (deps: Deps): Perform<'registerResource'> =>
  async ({ body: { location, ...unit }, caller }) => {
    const { resources, journal, clock } = deps;
    const known = conflict(`${unit.id} is known already: say what has changed with POST /resources/${unit.id}/status`);
    if (await resources.get(unit.id)) return known;
    const word: Word = {
      type: 'unit.status',
      source: SOURCE,
      occurredAt: iso(clock.now()),
      agency: caller.agency,
      location,
      data: { unit },
    };
    const change = unitChange(word, undefined);
    if (!change.ok) return conflict(change.reason);
    const done = await journal.commit(
      unit.id,
      [entry('resource.registered', change.resource, caller.sub)],
      resources.register(change.resource),
    );
    if (!done.ok) return known;
    await told(deps, change.resource);
    return created((await resources.get(unit.id)) ?? change.resource);
  };

/** What a person says of a unit is weighed as the unit's own word is, against the unit as it stands. */
const said =
  <O extends Words>(deps: Deps, wordOf: (was: Resource, body: Ask<O>['body']) => Pick<Word, 'type' | 'location' | 'data'>) =>
  async ({ params: { id = '' }, body, caller }: Ask<O>): Promise<Reply<Resource, 200>> => {
    const { resources, journal, clock } = deps;
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const was = await resources.get(id);
      if (!was) return noUnit(id);
      const word = wordOf(was, body);
      const change = unitChange({ ...word, source: SOURCE, occurredAt: iso(clock.now()), agency: was.agency }, was);
      if (!change.ok) return conflict(`${id} stays as it is: ${change.reason}`);
      // Who says nothing of the place does not make it newer.
      const now = word.location === was.location ? { ...change.resource, locatedAt: was.locatedAt } : change.resource;
      const { reason } = body as { reason: string };
      const done = await journal.commit(id, [entry('resource.updated', now, caller.sub, reason)], resources.update(was, now));
      if (!done.ok) continue;
      await told(deps, now);
      return ok((await resources.get(id)) ?? now);
    }
    return conflict(`${id} changes all the time: look at it again`);
  };

export const stateResource = (deps: Deps): Perform<'stateResource'> =>
  said<'stateResource'>(deps, ({ id, type, fence, location }, { reason: _, ...says }) => ({
    type: 'unit.status',
    location,
    data: { unit: { id, type, fence, ...says } },
  }));

export const locateResource = (deps: Deps): Perform<'locateResource'> =>
  said<'locateResource'>(deps, ({ id }, { location }) => ({ type: 'unit.position', location, data: { unit: { id } } }));

export const maintainResource = (deps: Deps): Perform<'maintainResource'> =>
  said<'maintainResource'>(deps, ({ id, location }, { maintenance }) => ({
    type: 'unit.maintenance',
    location,
    data: { unit: { id, maintenance } },
  }));
