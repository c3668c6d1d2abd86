import type { SourceSpec } from '../../../shared/sources/index.ts';
import { cap } from './cap/index.ts';
import { cloudEvent } from './cloud-event.ts';
import { cot, cotOfficer } from './cot/index.ts';
import { eido } from './eido/index.ts';
import type { Adapted, Format } from './format.ts';
import { nwsAlert } from './nws-alert.ts';
import { usgsEarthquake } from './usgs-earthquake.ts';

/** Every format that some source speaks, by name. */
export const formats: readonly Format[] = [cap, cot, cotOfficer, eido, nwsAlert, usgsEarthquake];

/** A producer's `detail` in whichever of its source's formats it is; what is none of them must be a CloudEvents envelope. */
export const adapt = (spec: SourceSpec, detail: unknown, busTime: number): Adapted => {
  const spoken = formats.find(({ name, recognises }) => spec.speaks.includes(name) && recognises(detail));
  return spoken ? spoken.adapt(detail, busTime) : cloudEvent(detail);
};
