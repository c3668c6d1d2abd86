import { Location } from '../contracts/event.ts';
import type { InputSpec, Workflow } from '../contracts/workflow.ts';

/** Where inputs are looked for, in this order: what asks, then what is known of its incident. */
export type Telling = readonly (object | undefined)[];

export interface Given {
  readonly location?: Location | undefined;
  readonly inputs: Record<string, unknown>;
  /** Required, and nowhere to be found in a form that fits. */
  readonly lacking: readonly string[];
  /** There, but not of the kind or value that the workflow takes: such a value counts as not given. */
  readonly unfit: readonly string[];
}

/** A reference is an id in somebody else's records. */
const LONGEST_REFERENCE = 64;

/** What stands at a dotted path (`data.weapon`), own members only; undefined where the path leads nowhere. */
const valueAt = (from: object | undefined, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value instanceof Object && Object.hasOwn(value, key) ? value[key as never] : undefined), from);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : Number.isSafeInteger(value) ? String(value) : undefined;

/** The value as the workflow takes it; undefined where it does not fit. */
const KINDS: Readonly<Record<InputSpec['type'], (value: unknown, spec: InputSpec) => unknown>> = {
  location: (value) => Location.safeParse(value).data,
  reference: (value) => {
    const id = text(value)?.trim();
    return id && id.length <= LONGEST_REFERENCE ? id : undefined;
  },
  code: (value, { values = [] }) => (typeof value === 'string' && values.includes(value) ? value : undefined),
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
  flag: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** The first that fits of what is told; `found` is whether anything was told at all. */
const take = (spec: InputSpec, told: readonly unknown[]): { value?: unknown; found: boolean } => {
  const there = told.filter((value) => value !== undefined && value !== null);
  const value = there.map((one) => KINDS[spec.type](one, spec)).find((one) => one !== undefined);
  return { value, found: there.length > 0 };
};

const PLACE: InputSpec = { type: 'location', required: false, from: 'location' };

/**
 * A workflow's inputs: by their paths in `telling`, or by their names in `named`, what a person or the run before gave. A place goes to the
 * run's own location, which a workflow that names none takes from what is told. Pure.
 */
export const inputsOf = (
  { inputs: specs }: Pick<Workflow, 'inputs'>,
  telling: Telling,
  named: Readonly<Record<string, unknown>> = {},
): Given => {
  const inputs: Record<string, unknown> = {};
  let location: Location | undefined;
  const [lacking, unfit]: [string[], string[]] = [[], []];
  for (const [name, spec] of Object.entries(specs)) {
    const own = Object.hasOwn(named, name) ? named[name] : undefined;
    const { value, found } = take(spec, [own, ...telling.map((from) => valueAt(from, spec.from))]);
    if (value === undefined) {
      if (found) unfit.push(name);
      if (spec.required) lacking.push(name);
    } else if (spec.type === 'location' && !location) location = value as Location;
    else inputs[name] = value;
  }
  location ??= take(
    PLACE,
    telling.map((from) => valueAt(from, PLACE.from)),
  ).value as Location | undefined;
  return { location, inputs, lacking, unfit };
};
