import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground } from '../../kernel/engine.ts';
import { tidy, wants } from './archives.ts';
import type { Bus } from './buses.ts';
import { createDeliveries, type DeliverDeps, type Deliveries } from './deliver.ts';
import { type BusEvent, detailTextIn, textOf } from './event.ts';
import type { Replay } from './replays.ts';
import { busNameOf, type Rule } from './rules.ts';
import type { State } from './state.ts';

/** Brings events onto buses: into the archives that want them and to the targets of every rule that matches, in one turn. */
export interface Publisher {
  onBus(bus: Bus, event: BusEvent, detailText: string): void;
  replayed(replay: Replay, text: string): void;
  /** An event for one rule alone: its schedule. */
  toRule(rule: Rule, event: BusEvent, detailText: string): void;
  readonly pending: Deliveries['pending'];
}

export const createPublisher = (ground: Ground, deps: DeliverDeps, state: State): Publisher => {
  const { scheduler } = ground;

  /** An event from another bus goes on to queues and functions, but to no third bus. */
  const forward = (busArn: string, text: string): void => {
    const bus = state.bus(busNameOf(busArn));
    const event = JSON.parse(text) as BusEvent;
    archive(bus, event, text);
    for (const rule of bus.rules.matching(event)) {
      const { outlets } = rule;
      deliveries.toRule({ ...rule, outlets: outlets.filter(({ kind }) => kind !== 'events') }, event, text);
      if (outlets.some(({ kind }) => kind === 'events')) ground.meter('events', 'third hops dropped', 1);
    }
  };
  const deliveries = createDeliveries(deps, ground, forward);

  const archive = (bus: Bus, event: BusEvent, text: string): void => {
    const wanting = state.archivesOf(bus).filter((one) => wants(one, event));
    if (wanting.length === 0) return;
    const at = scheduler.now();
    state.commit({ op: 'archived', names: wanting.map(({ name }) => name), time: Date.parse(event.time), at, text });
    for (const one of wanting) tidy(one, at);
  };

  return {
    onBus: (bus, event, detailText) => {
      const text = textOf(event, detailText);
      archive(bus, event, text);
      for (const rule of bus.rules.matching(event)) deliveries.toRule(rule, event, text);
    },
    replayed: ({ name, busArn, filterArns }, archived) => {
      const bus = state.buses.get(busNameOf(busArn));
      if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${busArn} does not exist.`);
      const event: BusEvent = { ...(JSON.parse(archived) as BusEvent), 'replay-name': name };
      const text = textOf(event, detailTextIn(archived));
      for (const rule of bus.rules.matching(event))
        if (filterArns.length === 0 || filterArns.includes(rule.arn)) deliveries.toRule(rule, event, text);
    },
    toRule: (rule, event, detailText) => deliveries.toRule(rule, event, textOf(event, detailText)),
    pending: deliveries.pending,
  };
};
