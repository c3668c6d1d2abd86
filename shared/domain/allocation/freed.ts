import type { ResourceFreed } from '../../contracts/resource-waiting.ts';
import type { ResourceType } from '../../contracts/vocabulary.ts';
import type { OwnBus } from '../../lambda/bus.ts';
import type { ResourcesStore } from '../../stores/resources.ts';

export interface FreedDeps {
  resources: Pick<ResourcesStore, 'line'>;
  bus: OwnBus;
}

/** Units of these types can be sent: where somebody stands in the line for one, `settle` hears of it. The sweep serves the line too, where the word is lost. */
export const tellOfFree =
  ({ resources, bus }: FreedDeps) =>
  async (types: readonly ResourceType[]): Promise<void> => {
    if (types.length === 0) return;
    const line = await resources.line();
    const wanted = [...new Set(types)].filter((type) => line.some(({ request }) => request.needs[type] !== undefined));
    const detail: ResourceFreed = { types: wanted };
    if (wanted.length > 0) await bus.announce({ type: 'resource.freed', detail });
  };
