import type { Envelope } from '../contracts/event.ts';
import { type SourceSpec, typeOf } from './index.ts';

/** What an envelope's `data` breaks of the shape that its source declared for its type: the field and a sentence; undefined where it breaks nothing. */
export const shapeRefusal = (spec: SourceSpec, { type, data }: Envelope): { path: string; reason: string } | undefined => {
  const broken = typeOf(spec, type)?.schema.safeParse(data).error?.issues[0];
  if (!broken) return undefined;
  const path = ['data', ...broken.path].join('.');
  return { path, reason: `${path}: ${broken.message} (${type} of ${spec.source})` };
};
