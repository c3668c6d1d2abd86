import type { Scheduler } from '../kernel/scheduler.ts';
import { between, metres, type Place, rounded } from './geo.ts';
import type { RosterUnit } from './roster.ts';
import { travelMs } from './travel.ts';

/** Told whenever a unit's standing or place changed. `what` makes the event's id. */
type Report = (unit: RosterUnit, standing: Standing, what: string) => void;

export interface Standing {
  readonly status: 'AVAILABLE' | 'BUSY';
  readonly place: Place;
  readonly fence?: number | undefined;
  /** What a unit that was sent is at. */
  readonly activity?: 'EN_ROUTE' | 'ON_SCENE' | undefined;
  /** Of what flies or drives on a battery, percent. */
  readonly batteryPct?: number | undefined;
}

export interface Fleet {
  units(): readonly RosterUnit[];
  unit(id: string): RosterUnit | undefined;
  placeOf(id: string): Place | undefined;
  /** Units of a type within `radiusM`, nearest first. */
  near(type: RosterUnit['type'], place: Place, radiusM: number): RosterUnit[];
  /** Sends a unit off under a claim; it reports where it is on the way, stays a while on scene and then goes home by itself. */
  send(id: string, to: Place, fence: number): void;
  /** Gives a unit that is under way, under this very claim, another place to go to. */
  redirect(id: string, to: Place, fence: number): void;
  /** Turns a unit back; an older claim than the present one turns nothing. */
  recall(id: string, fence: number): void;
  /** States every unit once, as it stands. */
  register(): void;
  /** States again the units that stand still, as a receiver does that is asked where it is. */
  restate(): void;
  stop(): void;
}

interface Trip {
  readonly from: Place;
  readonly to: Place;
  readonly startedAt: number;
  readonly takesMs: number;
}

interface State {
  readonly unit: RosterUnit;
  status: 'AVAILABLE' | 'BUSY';
  trip: Trip;
  fence: number | undefined;
  /** Since when it is away from its charger, ms. */
  awayAt: number | undefined;
  stop: () => void;
}

interface Deps {
  readonly scheduler: Scheduler;
  readonly speed: number;
  readonly report: Report;
  readonly roster: readonly RosterUnit[];
}

/** How often a moving unit says where it is. */
const REPORT_EVERY_MS = 3000;
/** How long a unit stays on scene, before travel's compression. */
const STAY_MS = 30 * 60_000;

/** What runs on a battery loses so much of it (percent) a minute away from its dock, and turns round before it is empty. */
const DRAIN_PCT = 2;
const EMPTIEST_PCT = 30;
const ON_BATTERY: readonly RosterUnit['type'][] = ['DRONE', 'ROBOT'];

const standing = (place: Place): Trip => ({ from: place, to: place, startedAt: 0, takesMs: 0 });

export const createFleet = ({ scheduler, speed, report, roster }: Deps): Fleet => {
  const states = new Map<string, State>(
    roster.map((unit) => [
      unit.id,
      { unit, status: 'AVAILABLE', trip: standing(unit.home), fence: undefined, awayAt: undefined, stop: () => {} },
    ]),
  );

  const place = ({ trip }: State): Place =>
    rounded(trip.takesMs === 0 ? trip.to : between(trip.from, trip.to, (scheduler.now() - trip.startedAt) / trip.takesMs));
  const isMoving = ({ trip }: State): boolean => scheduler.now() < trip.startedAt + trip.takesMs;
  const charge = ({ unit, awayAt }: State): number | undefined => {
    if (!ON_BATTERY.includes(unit.type)) return undefined;
    const minutes = awayAt === undefined ? 0 : ((scheduler.now() - awayAt) * speed) / 60_000;
    return Math.round(Math.max(EMPTIEST_PCT, 100 - DRAIN_PCT * minutes));
  };
  const tell = (state: State, what: string): void => {
    const { status, fence } = state;
    const activity = status === 'BUSY' ? (isMoving(state) ? 'EN_ROUTE' : 'ON_SCENE') : undefined;
    report(state.unit, { status, place: place(state), fence, activity, batteryPct: charge(state) }, what);
  };

  const travel = (state: State, to: Place, arrived: () => void): void => {
    state.stop();
    const from = place(state);
    const takesMs = travelMs(state.unit.type, from, to, speed) ?? 0;
    state.trip = { from, to, startedAt: scheduler.now(), takesMs };
    const tick = (): void => {
      const left = state.trip.startedAt + takesMs - scheduler.now();
      if (left <= 0) arrived();
      else {
        tell(state, 'moving');
        state.stop = scheduler.after(Math.min(left, REPORT_EVERY_MS), tick);
      }
    };
    tick();
  };

  const goHome = (state: State): void => {
    state.status = 'AVAILABLE';
    travel(state, state.unit.home, () => {
      state.awayAt = undefined;
      tell(state, 'home');
      state.fence = undefined;
    });
  };

  const goTo = (state: State, to: Place): void =>
    travel(state, to, () => {
      tell(state, 'on-scene');
      state.stop = scheduler.after(STAY_MS / speed, () => goHome(state));
    });
  const isUnderWay = (state: State): boolean => state.status === 'BUSY' && isMoving(state);

  return {
    units: () => roster,
    unit: (id) => states.get(id)?.unit,
    placeOf: (id) => {
      const state = states.get(id);
      return state && place(state);
    },
    near: (type, at, radiusM) =>
      [...states.values()]
        .filter(({ unit }) => unit.type === type)
        .map((state) => ({ unit: state.unit, away: metres(place(state), at) }))
        .filter(({ away }) => away <= radiusM)
        .sort((a, b) => a.away - b.away || a.unit.id.localeCompare(b.unit.id))
        .map(({ unit }) => unit),
    send: (id, to, fence) => {
      const state = states.get(id);
      if (!state || fence < (state.fence ?? 0)) return;
      state.status = 'BUSY';
      state.fence = fence;
      state.awayAt ??= scheduler.now();
      goTo(state, to);
    },
    redirect: (id, to, fence) => {
      const state = states.get(id);
      if (state && state.fence === fence && isUnderWay(state)) goTo(state, to);
    },
    recall: (id, fence) => {
      const state = states.get(id);
      if (state && state.status === 'BUSY' && fence === state.fence) goHome(state);
    },
    register: () => {
      for (const state of states.values()) tell(state, 'registered');
    },
    restate: () => {
      for (const state of states.values()) if (!isMoving(state)) tell(state, 'standing');
    },
    stop: () => {
      for (const state of states.values()) state.stop();
    },
  };
};
