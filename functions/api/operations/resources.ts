import type { Resource } from '../../../shared/contracts/resource.ts';
import type { Available } from '../../../shared/contracts/resource-requests.ts';
import { choose } from '../../../shared/domain/allocation/choose.ts';
import { whyNotNearer } from '../../../shared/domain/allocation/why-not.ts';
import type { Lending } from '../../../shared/domain/joint/lending.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { ResourcesStore } from '../../../shared/stores/resources.ts';
import type { Perform } from '../operation.ts';
import { byKey, filtered } from '../pages.ts';
import { ok } from '../reply.ts';

interface Deps {
  resources: ResourcesStore;
  lending: Lending;
  clock: Clock;
}

export const listResources =
  ({ resources }: Pick<Deps, 'resources'>): Perform<'listResources'> =>
  async ({ query: { type, status, agency, capability, ...page } }) => {
    const fits = (unit: Resource): boolean =>
      (!type || unit.type === type) &&
      (!status || unit.status === status) &&
      (!agency || unit.agency === agency) &&
      (!capability || unit.capabilities.includes(capability));
    const list = await byKey(page, filtered(resources.fleet, fits));
    return list.ok ? ok(list.page) : list.reply;
  };

/** Nobody asks for these, so nothing is promised to the asker and no unit is reserved to them. */
const NOBODY = { executionId: 'nobody', priority: 'LOW', leaseS: 1 } as const;

/** As many as there are, up to what was asked for: here a few are an answer too. */
export const availableResources =
  (deps: Deps): Perform<'availableResources'> =>
  async ({ query: { type, lat, lon, count, capability, certification, earliest, latest } }) => {
    const requires = { [type]: { capabilities: capability ? [capability] : [], certifications: certification ? [certification] : [] } };
    const want = { ...NOBODY, needs: { [type]: count }, requires, location: { lat, lon, radiusM: 0 }, earliest, latest };
    const chosen = await choose({ ...deps, resources: deps.lending.fleet(deps.resources) })(want);
    const items = chosen.picks.map(({ unit, distanceM, etaS, because }): Available['items'][number] => {
      const { id, name, agency, location, locatedAt, capabilities, certifications } = unit;
      return { id, type, name, agency, location, locatedAt, capabilities, certifications, distanceM, etaS, because };
    });
    return ok({ items, notNearer: await whyNotNearer(deps)(want, chosen) } satisfies Available);
  };
