import type { ActionRequested } from '../../../shared/contracts/action.ts';
import { about, type Beat, done, failed, type Performer, say, type View } from '../plan.ts';
import { travelMs } from '../travel.ts';

interface Sent {
  readonly id: string;
  readonly fence: number;
}

/** Delivered, read and accepted are three things; each officer says each. Answers when the last one accepted. */
const acknowledge = (ids: readonly string[], random: () => number): { beats: Beat[]; acceptedAt: number } => {
  const acks = ids.map((by) => ({ by, at: about(2000, random) }));
  const beats = acks.flatMap(({ by, at }) => [
    say(200, { stage: 'DELIVERED', by }),
    say(Math.min(about(1000, random), at), { stage: 'READ', by }),
    say(at, { stage: 'ACCEPTED', by }),
  ]);
  return { beats, acceptedAt: Math.max(200, ...acks.map(({ at }) => at)) };
};

/** The way of one unit to the scene, from when it accepted. */
const drive = ({ id, fence }: Sent, request: ActionRequested, view: View, from: number): Beat[] => {
  const [to, at, unit] = [request.location, view.placeOf(id), view.unit(id)];
  const ms = to && at && unit && travelMs(unit.type, at, to, view.speed);
  if (!to || ms === undefined) return [];
  return [
    { afterMs: from, kind: 'send', unit: id, to, fence },
    say(from, { stage: 'EN_ROUTE', by: id, note: `${Math.max(1, Math.round(ms / 1000))} s to the scene` }),
    say(from + ms, { stage: 'ON_SCENE', by: id }),
  ];
};

const canGo =
  (request: ActionRequested, view: View) =>
  ({ id }: Sent): boolean => {
    const [at, unit] = [view.placeOf(id), view.unit(id)];
    return !!(at && unit && request.location && travelMs(unit.type, at, request.location, view.speed) !== undefined);
  };

const byDispatch = ({ random }: View): Beat[] => [
  say(200, { stage: 'DELIVERED', by: 'dispatch-desk' }),
  done(about(1500, random), { stage: 'ACCEPTED', by: 'dispatch-desk', note: 'Passed to the units on scene.' }),
];

/** Closing a road or walking a perimeter is also done by whoever is there already. */
const BY_THOSE_THERE: readonly unknown[] = ['perimeter', 'closure', 'canvass'];

/** Units are sent and their crews accept; the way to the scene goes on after the answer. */
export const patrol: Performer = (request, view) => {
  if (!request.location) return [failed(300, 'NO_LOCATION', 'There is no place to send a patrol to.')];
  if (request.units.length === 0 && BY_THOSE_THERE.includes(request.arguments['mode'])) return byDispatch(view);
  if (request.units.length === 0) return [failed(300, 'NO_UNITS', 'No unit was named with the request.')];
  const going = request.units.filter(canGo(request, view));
  if (going.length === 0) return [failed(600, 'OUT_OF_RANGE', 'No unit named can reach the place.')];
  const crew = going.filter(({ id }) => view.unit(id)?.type !== 'VEHICLE');
  const { beats, acceptedAt } = acknowledge(
    (crew.length > 0 ? crew : going).map(({ id }) => id),
    view.random,
  );
  const answer = done(acceptedAt, { stage: 'ACCEPTED', by: crew[0]?.id, result: { accepted: going.map(({ id }) => id) } });
  return [...beats, answer, ...going.flatMap((unit) => drive(unit, request, view, acceptedAt + 300))];
};

/** A clinician speaks with the person from afar where nobody is to go, or nobody can. */
export const coResponder: Performer = (request, view) =>
  request.units.length > 0
    ? patrol(request, view)
    : [
        say(200, { stage: 'DELIVERED', by: 'clinician-1' }),
        done(about(2500, view.random), { stage: 'ACCEPTED', by: 'clinician-1', result: { mode: 'remote' } }),
      ];

/** Without named units an alert reaches the officers within this. */
const ALERT_RADIUS_M = 3000;
const ALERT_MOST = 6;

/** Tells officers, and is done when they acknowledged. An alert always reaches someone: with nobody near, the watch desk takes it. */
export const officerAlert: Performer = (request, view) => {
  const named = request.units.map(({ id }) => id);
  const near = request.location ? view.near('OFFICER', request.location, ALERT_RADIUS_M).slice(0, ALERT_MOST) : [];
  const told = named.length > 0 ? named : near.length > 0 ? near.map(({ id }) => id) : ['watch-desk'];
  const { beats, acceptedAt } = acknowledge(told, view.random);
  return [...beats, done(acceptedAt, { stage: 'ACCEPTED', by: told[0], result: { acknowledged: told, heard: true } })];
};
