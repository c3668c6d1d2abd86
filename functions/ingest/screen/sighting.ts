import { isStatement, type NormalizedEvent } from '../../../shared/contracts/event.ts';
import { canonical, sha256 } from '../../../shared/lambda/ids.ts';

/**
 * Entities that name what was seen, so that two looks at it are looks at one thing: a plate, a vehicle, the number that a camera's
 * tracker gave an object. A sensor or a camera is not among them: it names who saw, and one sensor hears two shots.
 */
const SEEN = new Set(['plate', 'vin', 'track']);

/**
 * Types that tell of something that lasts and names nothing but where it was looked at, with the member of `data` that does: the
 * same crowd frame after frame, the same queue of cars measurement after measurement.
 */
const LASTING: Readonly<Record<string, string>> = { 'camera.observed': 'camera', 'traffic.slowed': 'segment' };

/** Members of `data`, at any depth, that differ between two looks at one thing: when, how sure, how fast it went just then, which picture, which message. Whatever else differs is another observation. */
const OF_THE_LOOK = new Set([
  'time',
  'timestamp',
  'capturedAt',
  'readAt',
  'seenAt',
  'confidence',
  'plateConfidence',
  'speedKph',
  'image',
  'imageUrl',
  'imageId',
  'imageRef',
  'frame',
  'readId',
  'messageId',
  'sequence',
  'others',
]);

/** The message as a vendor sent it, kept whole beside what was read from it: boxes, digests and clocks that no two messages share. */
const isTheMessage = (name: string, value: unknown): boolean => name === 'record' && typeof value === 'object';

const withoutTheLook = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutTheLook);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      OF_THE_LOOK.has(name) || isTheMessage(name, inner) ? [] : [[name, withoutTheLook(inner)]],
    ),
  );
};

const namesWhatItSaw = ({ type, entities, data }: NormalizedEvent): boolean => {
  const where = LASTING[type];
  return entities.some(({ kind }) => SEEN.has(kind)) || (where !== undefined && typeof data[where] === 'string');
};

/**
 * What an event says was seen, as SHA-256 in hex: source, type, the exact place, every entity, and all of `data` but what belongs to
 * the look. Undefined for what is never a repeat: a CRITICAL event, a statement, and whatever names nothing that could be seen again,
 * so a second shot in the same second stays a second shot.
 */
export const sightingOf = (event: NormalizedEvent): string | undefined => {
  const { source, type, priority, agency, location, entities, data } = event;
  if (priority === 'CRITICAL' || isStatement(type) || !namesWhatItSaw(event)) return undefined;
  const named = entities.map(({ kind, id }) => `${kind}#${id}`).sort();
  return sha256(canonical({ source, type, agency, location, named, data: withoutTheLook(data) }));
};
