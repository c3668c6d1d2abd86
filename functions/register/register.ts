import { eventKey, NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { type Resource, UnitStatus } from '../../shared/contracts/resource.ts';
import { tellOfFree } from '../../shared/domain/allocation/freed.ts';
import { unitChange } from '../../shared/domain/allocation/unit-word.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { ResourcesStore } from '../../shared/stores/resources.ts';
import { type SubsystemDeps, subsystem } from './subsystem.ts';

export interface RegisterDeps {
  resources: ResourcesStore;
  journal: JournalStore;
  kernel: SubsystemDeps['kernel'];
  bus: OwnBus;
  log: LogSink;
}

const ATTEMPTS = 10;

/** Units say where they are all the time, and hardly ever is that what somebody waits for: the sweep's minute is soon enough for it. */
const POSITION = 'unit.position';

const told = (deps: RegisterDeps, event: NormalizedEvent, { status, type }: Resource): Promise<void> =>
  tellOfFree(deps)(status === 'FREE' && event.type !== POSITION ? [type] : []);

const unit =
  (deps: RegisterDeps) =>
  async (event: NormalizedEvent): Promise<void> => {
    const { resources, journal, log } = deps;
    const id = UnitStatus.shape.unit.shape.id.safeParse((event.data['unit'] as { id?: unknown } | undefined)?.id);
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const was = id.success ? await resources.get(id.data) : undefined;
      const change = unitChange(event, was);
      if (!change.ok) {
        say(log, 'info', 'event.refused', { eventKey: eventKey(event), reason: change.reason });
        return;
      }
      const { resource } = change;
      const moved: Entry = {
        kind: was ? 'resource.updated' : 'resource.registered',
        actor: `source/${event.source}`,
        executionId: resource.holder,
        data: {
          resourceId: resource.id,
          type: resource.type,
          status: resource.status,
          location: resource.location,
          eventKey: eventKey(event),
        },
      };
      const done = await journal.commit(resource.id, [moved], was ? resources.update(was, resource) : resources.register(resource));
      if (done.ok) return told(deps, event, resource);
    }
    throw new Error(`Unit ${id.data} changed ${ATTEMPTS} times while its status was taken; it will be delivered again`);
  };

/** Statements about what is: unit states become resources, and what a subsystem says of itself its registration and its health. Facts were stored by ingest. */
export const register =
  (deps: RegisterDeps) =>
  async ({ detail }: BusEvent): Promise<void> => {
    const event = NormalizedEvent.parse(detail);
    if (event.type.startsWith('unit.')) return unit(deps)(event);
    await subsystem(deps)(event);
  };
