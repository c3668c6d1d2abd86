import { isStatement, type NormalizedEvent } from '../../../shared/contracts/event.ts';
import { canonical, sha256 } from '../../../shared/lambda/ids.ts';

/**
 * Entities that name what was seen, so that two looks at it are looks at one thing: a plate, a vehicle, the number that a camera's
 * tracker gave an object. A sensor or a camera is not among them: it names who saw, and one sensor hears two shots.
 */
const SEEN = new Set(['plate', 'vin', 'track']);

/** Members of `data`, at any depth, that differ between two looks at one thing: when, how sure, which picture, which message. Whatever else differs is another observation. */
const OF_THE_LOOK = new Set([
  'time',
  'timestamp',
  'capturedAt',
  'readAt',
  'seenAt',
  'confidence',
  'image',
  'imageUrl',
  'imageId',
  'frame',
  'readId',
  'messageId',
  'sequence',
]);

const withoutTheLook = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutTheLook);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (OF_THE_LOOK.has(name) ? [] : [[name, withoutTheLook(inner)]])),
  );
};

/**
 * What an event says was seen, as SHA-256 in hex: source, type, the exact place, every entity, and all of `data` but what belongs to
 * the look. Undefined for what is never a repeat: a CRITICAL event, a statement, and whatever names nothing that could be seen again,
 * so a second shot in the same second stays a second shot.
 */
export const sightingOf = ({ source, type, priority, agency, location, entities, data }: NormalizedEvent): string | undefined => {
  if (priority === 'CRITICAL' || isStatement(type) || !entities.some(({ kind }) => SEEN.has(kind))) return undefined;
  const named = entities.map(({ kind, id }) => `${kind}#${id}`).sort();
  return sha256(canonical({ source, type, agency, location, named, data: withoutTheLook(data) }));
};
