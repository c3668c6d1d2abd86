import type { SourceSpec } from '../../../shared/sources/index.ts';
import { cloudEvent } from './cloud-event.ts';
import type { Adapted, Format } from './format.ts';

/** Every format that some source speaks, by name. */
const formats: readonly Format[] = [];

/** A producer's `detail` in whichever of its source's formats it is; what is none of them must be a CloudEvents envelope. */
export const adapt = (spec: SourceSpec, detail: unknown, busTime: number): Adapted => {
  const spoken = formats.find(({ name, recognises }) => spec.speaks.includes(name) && recognises(detail));
  return spoken ? spoken.adapt(detail, busTime) : cloudEvent(detail);
};
