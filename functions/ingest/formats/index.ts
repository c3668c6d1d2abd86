import type { SourceSpec } from '../../../shared/sources/index.ts';
import { alprCodeproject } from './alpr/codeproject.ts';
import { alprPlateRecognizer } from './alpr/plate-recognizer.ts';
import { alprRekor } from './alpr/rekor.ts';
import { alprVerkada } from './alpr/verkada.ts';
import { cadFeed } from './cad-feed.ts';
import { cap } from './cap/index.ts';
import { cloudEvent } from './cloud-event.ts';
import { cot, cotOfficer } from './cot/index.ts';
import { eido } from './eido/index.ts';
import type { Adapted, Format } from './format.ts';
import { hitConfirmation } from './hit-confirmation.ts';
import { nwsAlert } from './nws-alert.ts';
import { suricataEve } from './suricata-eve.ts';
import { usgsEarthquake } from './usgs-earthquake.ts';

/** Every format that some source speaks, by name. */
export const formats: readonly Format[] = [
  alprCodeproject,
  alprPlateRecognizer,
  alprRekor,
  alprVerkada,
  cadFeed,
  cap,
  cot,
  cotOfficer,
  eido,
  hitConfirmation,
  nwsAlert,
  suricataEve,
  usgsEarthquake,
];

/**
 * A producer's `detail` in whichever of its source's formats it is; what is none of them must be a CloudEvents envelope. One answer for each
 * event that it carries, in their order, and never none: the same detail has as many whenever it is read.
 */
export const adapt = (spec: SourceSpec, detail: unknown, busTime: number): readonly Adapted[] => {
  const spoken = formats.find(({ name, recognises }) => spec.speaks.includes(name) && recognises(detail));
  return [spoken ? spoken.adapt(detail, busTime) : cloudEvent(detail)].flat();
};
