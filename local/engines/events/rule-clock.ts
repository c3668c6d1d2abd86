import { nextRun } from '../../../shared/timing/expression.ts';
import type { Ground } from '../../kernel/engine.ts';
import { eventOf } from './event.ts';
import type { Publisher } from './publish.ts';
import type { Rule } from './rules.ts';
import type { State } from './state.ts';

/** Rules with a schedule, on the ground's clock. Runs missed while the machine was down are not made up, as in AWS. */
export interface RuleClock {
  /** Takes up a rule that was put, changed or deleted. */
  look(name: string): void;
  open(): void;
}

export const createRuleClock = (ground: Ground, state: State, publisher: () => Publisher): RuleClock => {
  const { scheduler } = ground;
  const timers = new Map<string, () => void>();
  let live = false;

  const fire = (rule: Rule, due: number): void => {
    const said = { source: 'aws.events', detailType: 'Scheduled Event', detail: {}, resources: [rule.arn], time: due };
    const event = eventOf(scheduler.uuid(), said, ground);
    publisher().toRule(rule, event, '{}');
  };
  const look = (name: string): void => {
    timers.get(name)?.();
    timers.delete(name);
    const rule = state.buses.get('default')?.rules.get(name);
    if (!live || !rule?.timing || !rule.enabled) return;
    const due = nextRun(rule.timing, scheduler.now(), scheduler.now());
    if (due === undefined) return;
    timers.set(
      name,
      scheduler.after(due - scheduler.now(), () => {
        fire(rule, due);
        look(name);
      }),
    );
  };

  return {
    look,
    open: () => {
      live = true;
      for (const { name, timing } of state.buses.get('default')?.rules.all() ?? []) if (timing) look(name);
    },
  };
};
