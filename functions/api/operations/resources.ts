import type { ResourcesStore } from '../../../shared/stores/resources.ts';
import type { Perform } from '../operation.ts';
import { byKey } from '../pages.ts';
import { ok } from '../reply.ts';

export const listResources =
  ({ resources }: { resources: ResourcesStore }): Perform<'listResources'> =>
  async ({ query }) => {
    const list = await byKey(query, resources.fleet);
    return list.ok ? ok(list.page) : list.reply;
  };
