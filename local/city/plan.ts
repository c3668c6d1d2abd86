import type { ActionReply, ActionRequested } from '../../shared/contracts/action.ts';
import type { Place } from './geo.ts';
import type { RosterUnit } from './roster.ts';

/** What a subsystem says about an action; id and time are put on when it is said. */
export type Words = Partial<Omit<ActionReply, 'actionId' | 'at'>>;

/** One moment of an action, `afterMs` after it was taken on. The first `done` or `failed` is the answer; beats after it are colour. */
export type Beat = { readonly afterMs: number } & (
  | { readonly kind: 'say'; readonly words: Words }
  | { readonly kind: 'send'; readonly unit: string; readonly to: Place; readonly fence: number }
  | { readonly kind: 'letter'; readonly type: string; readonly detail: (time: string) => object }
  | { readonly kind: 'done'; readonly words: Words }
  | { readonly kind: 'failed'; readonly words: Words }
);

/** What a performer may know of the city. */
export interface View {
  readonly speed: number;
  readonly unit: (id: string) => RosterUnit | undefined;
  readonly placeOf: (id: string) => Place | undefined;
  readonly near: (type: RosterUnit['type'], place: Place, radiusM: number) => readonly RosterUnit[];
  /** Milliseconds since the epoch when the action is taken on. */
  readonly now: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** How one kind of action is done: pure, all chance and time through the view. */
export type Performer = (request: ActionRequested, view: View) => Beat[];

export const say = (afterMs: number, words: Words): Beat => ({ afterMs, kind: 'say', words });
/** Something of its own that it puts on the bus beside its answer, as `detail` says it at that moment. */
export const letter = (afterMs: number, type: string, detail: (time: string) => object): Beat => ({
  afterMs,
  kind: 'letter',
  type,
  detail,
});
export const done = (afterMs: number, words: Words): Beat => ({ afterMs, kind: 'done', words });
export const failed = (afterMs: number, error: string, note: string): Beat => ({ afterMs, kind: 'failed', words: { error, note } });

/** `ms` give or take a fifth. */
export const about = (ms: number, random: () => number): number => Math.round(ms * (0.8 + 0.4 * random()));

/** A string out of the action's arguments; whatever else stands there is ignored. */
export const text = ({ arguments: given }: ActionRequested, name: string): string | undefined => {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
};

export const number = ({ arguments: given }: ActionRequested, name: string, otherwise: number): number => {
  const value = given[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
};
