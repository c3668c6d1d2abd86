import type { InputSpec } from '../../shared/contracts/workflow.ts';

interface Wanted {
  readonly required?: true;
}

const spec =
  (type: InputSpec['type']) =>
  (from: string, { required }: Wanted = {}): InputSpec => ({ type, required: required ?? false, from });

/** The event's own place. */
export const place = (wanted: Wanted = {}): InputSpec => spec('location')('location', wanted);

/** An id in somebody else's records (a case, a site), at most 64 characters; never a name. `from` is its path in the event: `data.site`. */
export const reference = spec('reference');

export const number = spec('number');

/** True or false. */
export const flag = spec('flag');

/** One of a few words. */
export const code = (from: string, values: readonly [string, ...string[]], wanted: Wanted = {}): InputSpec => ({
  ...spec('code')(from, wanted),
  values: [...values],
});
