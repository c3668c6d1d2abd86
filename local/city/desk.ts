import type { BusEntry } from '../../client/bus.ts';
import type { ActionCancelled, ActionCorrected, ActionReply, ActionRequested, ActionUpdated } from '../../shared/contracts/action.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import type { Fleet } from './fleet.ts';
import type { Place } from './geo.ts';
import { goWrong } from './mishap.ts';
import { PERFORMERS } from './performers/index.ts';
import type { Beat, View, Words } from './plan.ts';

type ReplyType = 'action.progress' | 'action.completed' | 'action.failed';

/** One subsystem's duty desk: takes requests, does each action once however often it is asked, and answers. */
export interface Desk {
  /** Resolves when the answer is on the bus, so only then is the request taken off the queue. */
  requested(request: ActionRequested): Promise<void>;
  cancelled(cancel: ActionCancelled): Promise<void>;
  /** A later report of the incident: units on their way are sent to the new place, and others set off for those that were called away. */
  updated(update: ActionUpdated): Promise<void>;
  /** What an action was asked for on is not so: units on their way are sent to where it is, and the desk says that it heard, once a correction. */
  corrected(correction: ActionCorrected): Promise<void>;
  stop(): void;
}

interface Work {
  readonly request: ActionRequested | undefined;
  /** Resolves when the answer was put. */
  readonly put: Promise<void>;
  readonly putDone: () => void;
  beats: (() => void)[];
  answer: BusEntry | undefined;
  /** Where it is instead of where it was asked for: units that have not left yet go there at once. */
  place: Place | undefined;
  /** Who is on it, under which claim: as it was asked for, or as a later word has it. */
  units: ActionRequested['units'];
  /** Whether it is an action for which units set off. */
  sends: boolean;
  /** Corrections that it was told of. */
  readonly heard: Set<string>;
}

export interface DeskDeps {
  readonly subsystem: Source;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly fleet: Fleet;
  readonly speed: number;
  readonly failureRate: () => number;
  readonly post: (entry: BusEntry) => Promise<boolean>;
  readonly onLine: (line: string) => void;
}

/** Actions remembered as done; older ones than these are not asked for again. */
const REMEMBERED = 10_000;

const newWork = (request: ActionRequested | undefined): Work => {
  let putDone = () => {};
  const put = new Promise<void>((resolve) => {
    putDone = resolve;
  });
  return {
    request,
    put,
    putDone,
    beats: [],
    answer: undefined,
    place: undefined,
    units: request?.units ?? [],
    sends: false,
    heard: new Set(),
  };
};

/** The first tenth that is answered makes room; what is under way is never forgotten. */
const forget = (works: Map<string, Work>): void => {
  if (works.size < REMEMBERED) return;
  let spare = REMEMBERED / 10;
  for (const [id, { answer }] of works) {
    if (answer && spare > 0) {
      works.delete(id);
      spare -= 1;
    }
  }
};

export const createDesk = (deps: DeskDeps): Desk => {
  const { subsystem, scheduler, random, fleet, speed, post, onLine } = deps;
  const works = new Map<string, Work>();

  const entry = (actionId: string, type: ReplyType, words: Words): BusEntry => {
    const detail: ActionReply = { actionId, at: new Date(scheduler.now()).toISOString(), result: {}, ...words };
    return { source: subsystem, type, detail };
  };
  const answer = async (actionId: string, work: Work, type: ReplyType, words: Words): Promise<void> => {
    work.answer = entry(actionId, type, words);
    if (await post(work.answer)) work.putDone();
  };
  const play = (request: ActionRequested, work: Work, beat: Beat): void => {
    if (beat.kind === 'send') fleet.send(beat.unit, work.place ?? beat.to, beat.fence);
    else if (beat.kind === 'say') void post(entry(request.actionId, 'action.progress', beat.words));
    else if (beat.kind === 'letter')
      void post({ source: subsystem, type: beat.type, detail: beat.detail(new Date(scheduler.now()).toISOString()) });
    else {
      const type = beat.kind === 'done' ? 'action.completed' : 'action.failed';
      onLine(
        `${subsystem}: ${request.action} ${beat.kind === 'done' ? 'done' : `failed, ${beat.words.error}`}${beat.words.note ? ` (${beat.words.note})` : ''}`,
      );
      void answer(request.actionId, work, type, beat.words);
    }
  };
  const start = (request: ActionRequested): Work => {
    const work = newWork(request);
    const view: View = { speed, now: scheduler.now(), random, unit: fleet.unit, placeOf: fleet.placeOf, near: fleet.near };
    const plan = PERFORMERS[request.action](request, view);
    const beats = random() < deps.failureRate() ? goWrong(request.action, plan, random) : plan;
    work.sends = beats.some(({ kind }) => kind === 'send');
    work.beats = beats.map((beat) => scheduler.after(beat.afterMs, () => play(request, work, beat)));
    forget(works);
    works.set(request.actionId, work);
    return work;
  };
  const sendElsewhere = (work: Work, to: Place): void => {
    work.place = to;
    for (const { id, fence } of work.units) fleet.redirect(id, to, fence);
  };
  /** Who was called away is its new holder's to send; whoever came in its place sets off. */
  const relieve = (work: Work, units: ActionRequested['units'], to: Place | undefined): void => {
    const known = new Set(work.units.map(({ id }) => id));
    work.units = units;
    if (to && work.sends) for (const { id, fence } of units.filter((one) => !known.has(one.id))) fleet.send(id, to, fence);
  };
  const standDown = (work: Work): void => {
    for (const stop of work.beats) stop();
    for (const { id, fence } of work.units) fleet.recall(id, fence);
  };

  return {
    requested: async (request) => {
      const known = works.get(request.actionId);
      if (known?.answer) await post(known.answer);
      await (known ?? start(request)).put;
    },
    cancelled: async ({ actionId, action, undo, reason }) => {
      const known = works.get(actionId);
      if (!known) {
        const never = newWork(undefined);
        works.set(actionId, never);
        return answer(actionId, never, 'action.failed', { error: 'CANCELLED', note: reason });
      }
      if (action === 'LOCKDOWN_INITIATE') {
        await post(entry(actionId, 'action.progress', { note: 'Kept: a lockdown ends only by a named person.' }));
        return;
      }
      if (!known.answer) {
        standDown(known);
        return answer(actionId, known, 'action.failed', { error: 'CANCELLED', note: reason });
      }
      standDown(known);
      if (undo) await post(entry(actionId, 'action.progress', { note: `Undone: ${reason}` }));
    },
    updated: async ({ actionId, location, summary, units }) => {
      const known = works.get(actionId);
      if (!known?.request) return;
      if (units) relieve(known, units, location ?? known.place ?? known.request.location);
      if (location) sendElsewhere(known, location);
      await post(entry(actionId, 'action.progress', { note: `Told: ${summary}`.slice(0, 500) }));
    },
    corrected: async ({ actionId, by, location, changed, retracted }) => {
      const known = works.get(actionId);
      if (!known?.request || known.heard.has(by)) return;
      known.heard.add(by);
      if (location && changed.includes('location')) sendElsewhere(known, location);
      const note = retracted
        ? 'Told that it was a false alarm; going on until it is called off'
        : `Told that this was wrong: ${changed.join(', ')}`;
      onLine(`${subsystem}: ${known.request.action} ${note}`);
      await post(entry(actionId, 'action.progress', { note }));
    },
    stop: () => {
      for (const work of works.values()) for (const stop of work.beats) stop();
    },
  };
};
