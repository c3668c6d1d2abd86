import { about, done, failed, number, type Performer, say } from '../plan.ts';

/** Cameras this near are turned to the scene. */
const CAMERA_RADIUS_M = 500;

const ASKS_READERS: readonly unknown[] = ['lpr-one-plate', 'lpr-history'];

/** Readers are asked for one plate, with case and purpose; what does not hit is not kept. */
const query: Performer = (_request, { random }) => [
  done(about(900, random), { by: 'reader-desk', result: { hit: true, kept: 'hits only' } }),
];

/** Cameras turn to the scene in one to two seconds; the answer lists those that see it. None near is an answer, not a failure. */
export const sensors: Performer = (request, view) => {
  if (ASKS_READERS.includes(request.arguments['what'])) return query(request, view);
  if (!request.location) return [failed(300, 'NO_LOCATION', 'There is no place to aim at.')];
  const radiusM = Math.min(number(request, 'radiusM', CAMERA_RADIUS_M), CAMERA_RADIUS_M);
  const cameras = view.near('CAMERA', request.location, radiusM).map(({ id }) => id);
  const at = about(1500, view.random);
  return [
    say(200, { stage: 'DELIVERED', by: 'video-desk' }),
    done(at, {
      by: 'video-desk',
      note: cameras.length === 0 ? `No camera within ${radiusM} m.` : `${cameras.length} aimed.`,
      result: { cameras, radiusM },
    }),
  ];
};
