import type { Ground } from '../../kernel/engine.ts';
import { checkEntry, type Entry, type EntryFault, isFault, sizeOf, timeOf } from './entry.ts';
import { eventOf } from './event.ts';
import type { Publisher } from './publish.ts';
import { busNameOf } from './rules.ts';
import type { State } from './state.ts';

/** Why `principalArn` may not put this entry on this bus; undefined where it may. */
export type Allow = (
  principalArn: string,
  busName: string,
  entry: { Source: string; DetailType: string; Detail: string },
) => string | undefined;

const NONE: readonly string[] = [];
const BILLED_BYTES = 65_536;

const faultOf = (ErrorCode: string, ErrorMessage: string): EntryFault => ({ ErrorCode, ErrorMessage });

/** One entry of a put: checked, made an event, and brought to everybody who wants it, in this very turn. */
export const putting = (ground: Ground, state: State, publisher: Publisher, allow: Allow | undefined) => {
  const { scheduler, meter } = ground;
  return (principal: string, entry: Entry): { EventId: string } | EntryFault => {
    const checked = checkEntry(entry);
    if (isFault(checked)) return checked;
    const { source, detailType, detail, detailText } = checked;
    const name = busNameOf(entry.EventBusName as string | undefined);
    const bus = state.buses.get(name);
    if (!bus) return faultOf('InvalidArgument', `Event bus ${name} does not exist.`);
    const refusal = allow?.(principal, name, { Source: source, DetailType: detailType, Detail: detailText });
    if (refusal !== undefined) return faultOf('NotAuthorizedForSourceException', refusal);
    const time = timeOf(entry.Time, scheduler.now());
    if (time === undefined) return faultOf('InvalidArgument', 'Parameter Time is not valid.');
    const resources = Array.isArray(entry.Resources) ? entry.Resources.map(String) : NONE;
    const id = scheduler.uuid();
    publisher.onBus(bus, eventOf(id, { source, detailType, detail, resources, time }, ground), detailText);
    meter('events', 'custom events', Math.ceil(sizeOf(entry) / BILLED_BYTES));
    return { EventId: id };
  };
};
