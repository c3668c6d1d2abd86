import { type Routed, router, whyNotRouted } from '../../shared/routing/route.ts';
import { type RoutingRule, rules, subsystemRule } from '../../shared/routing/rules.ts';
import { subsystems } from '../../workflows/vocabulary/index.ts';
import { Refusal } from '../kernel/refusal.ts';

const declared: readonly RoutingRule[] = [...rules, ...subsystems.map(subsystemRule)];
const routed = router(declared);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A bus event as it stands; an envelope, as `POST /events/ingest` takes it, as it would be put on the bus. */
export const busEvent = (given: unknown): Routed => {
  if (!isObject(given))
    throw new Refusal('The event must be a JSON object: one of the bus, or an envelope as POST /events/ingest takes it.');
  if (given['detail-type'] !== undefined) return given;
  const { source, type } = given;
  if (typeof source !== 'string' || typeof type !== 'string')
    throw new Refusal('The event says neither detail-type, as one of the bus does, nor source and type, as an envelope does.');
  return { source, 'detail-type': type, detail: given };
};

const reason = ({ name, to, why }: RoutingRule): string => `  ${to} by ${name}: ${why}`;

/** Subsystems differ in the last condition only: they are told where the event is of a kind that one of them is asked. */
const isNear = (rule: RoutingRule, failed: readonly string[]): boolean =>
  (rules as readonly RoutingRule[]).includes(rule) || failed.length === 1;

/** Where an event goes, and why not elsewhere. */
export const toldOf = (given: unknown): string => {
  const event = busEvent(given);
  const taken = routed(event);
  const others = declared.filter((rule) => !taken.includes(rule)).map((rule) => ({ rule, failed: whyNotRouted(rule, event) }));
  return [
    taken.length === 0 ? 'goes nowhere: no rule takes it' : 'goes to',
    ...taken.map(reason),
    'not elsewhere, since',
    ...others
      .filter(({ rule, failed }) => isNear(rule, failed))
      .flatMap(({ rule, failed }) => [`  ${rule.to} by ${rule.name}`, ...failed.map((sentence) => `    ${sentence}`)]),
  ].join('\n');
};
