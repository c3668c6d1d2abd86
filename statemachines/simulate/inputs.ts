import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import type { InputSpec, Workflow } from '../../shared/contracts/workflow.ts';
import type { Complaint } from './assumptions.ts';

type Values = Readonly<Record<string, unknown>>;

/** What stands at `data.weapon` in an event; undefined where nothing does. */
const at = (event: NormalizedEvent, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, key) => (value !== null && typeof value === 'object' ? (value as Values)[key] : undefined), event);

const fromEvent = (specs: Workflow['inputs'], event: NormalizedEvent): Values =>
  Object.fromEntries(
    Object.entries(specs).flatMap(([name, { type, from }]) => {
      const value = type === 'location' ? undefined : at(event, from);
      return value === undefined ? [] : [[name, value]];
    }),
  );

const fits = ({ type, values }: InputSpec, value: unknown): boolean => {
  if (type === 'location') return true;
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (type === 'flag') return typeof value === 'boolean';
  if (typeof value !== 'string' || value.length > 64) return false;
  return type === 'reference' || (values?.includes(value) ?? false);
};

const complain = (name: string, spec: InputSpec, value: unknown): Complaint[] => {
  const of = spec.values ? ` of ${spec.values.join(', ')}` : '';
  if (value === undefined)
    return spec.required ? [{ path: `inputs.${name}`, message: `This workflow cannot run without ${name}: a ${spec.type}${of}` }] : [];
  return fits(spec, value) ? [] : [{ path: `inputs.${name}`, message: `${name} is a ${spec.type}${of}` }];
};

/** What a run is started with: what the event says, and over it what was given by name. */
export const inputsOf = (workflow: Workflow, event: NormalizedEvent | undefined, given: Values): Values => ({
  ...(event ? fromEvent(workflow.inputs, event) : {}),
  ...given,
});

/** What the workflow cannot run without, and values of another kind than it declares. */
export const lacking = ({ inputs: specs }: Workflow, values: Values, hasPlace: boolean): Complaint[] =>
  Object.entries(specs).flatMap(([name, spec]) => {
    if (spec.type !== 'location') return complain(name, spec, values[name]);
    return spec.required && !hasPlace
      ? [{ path: 'location', message: 'This workflow needs a place: give {lat, lon}, an event or an incident that has one' }]
      : [];
  });
