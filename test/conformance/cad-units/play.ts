import type { Said } from './read.ts';
import type { Station } from './station.ts';

/** Why an assignment of CAD was not ours at once. The last one must not occur: then CAD itself has a unit on two calls. */
export const REASONS = [
  'the call that has the unit is cleared further down in the same observation',
  'the call that has the unit loses it further down in the same observation',
  'CAD has the unit on two calls at once',
] as const;
export type Reason = (typeof REASONS)[number];

/** What became of CAD's assignments (a unit newly on a call) and of what it took off. */
export interface Played {
  assignments: number;
  atOnce: number;
  late: Record<Reason, number>;
  unexplained: string[];
  takenOff: number;
  freed: number;
  /** Of every observation's end: who is held otherwise than CAD has it. */
  otherwise: string[];
}

interface Late {
  readonly unit: string;
  readonly call: string;
  readonly reason: Reason | undefined;
}

const holderIn = (cad: ReadonlyMap<string, ReadonlySet<string>>, unit: string, but: string): string | undefined =>
  [...cad].find(([call, units]) => call !== but && units.has(unit))?.[0];

/** What CAD says further down of the call that still has the unit. */
const reasonFor = (unit: string, holder: string | undefined, further: readonly Said[]): Reason | undefined => {
  if (holder === undefined) return undefined;
  const next = further.findLast(({ call }) => call === holder);
  if (next?.change === 'cleared') return REASONS[0];
  return next && !next.units.includes(unit) ? REASONS[1] : REASONS[2];
};

/** Plays observations in time, each row in the file's order: first who leaves the call, then who comes to it. */
export const play = async (observed: readonly Said[][], station: Station): Promise<Played> => {
  const cad = new Map<string, Set<string>>();
  const late = Object.fromEntries(REASONS.map((reason) => [reason, 0])) as Record<Reason, number>;
  const played: Played = { assignments: 0, atOnce: 0, late, unexplained: [], takenOff: 0, freed: 0, otherwise: [] };

  const takeOff = async ({ call, units }: Said): Promise<void> => {
    for (const unit of [...(cad.get(call) ?? [])].filter((one) => !units.includes(one))) {
      played.takenOff += 1;
      if (await station.takeOff(unit, call)) played.freed += 1;
    }
  };

  const send = async ({ call, units }: Said, further: readonly Said[]): Promise<Late[]> => {
    const missed: Late[] = [];
    for (const unit of units.filter((one) => !cad.get(call)?.has(one))) {
      played.assignments += 1;
      if (await station.send(unit, call)) played.atOnce += 1;
      else missed.push({ unit, call, reason: reasonFor(unit, holderIn(cad, unit, call), further) });
    }
    return missed;
  };

  const again = async ({ unit, call, reason }: Late): Promise<void> => {
    if (reason && (await station.send(unit, call))) played.late[reason] += 1;
    else played.unexplained.push(`${unit} on ${call}: ${reason ?? 'nobody in CAD has it'}`);
  };

  for (const rows of observed) {
    station.moveTo(rows[0]?.at ?? 0);
    const missed: Late[] = [];
    for (const [nth, row] of rows.entries()) {
      await takeOff(row);
      missed.push(...(await send(row, rows.slice(nth + 1))));
      if (row.change === 'cleared') cad.delete(row.call);
      else cad.set(row.call, new Set(row.units));
    }
    for (const one of missed) await again(one);
    const ours = await station.holders();
    for (const [call, units] of cad) for (const unit of units) if (ours.get(unit) !== call) played.otherwise.push(`${unit} on ${call}`);
    const onCalls = [...cad.values()].reduce((sum, { size }) => sum + size, 0);
    if (ours.size !== onCalls) played.otherwise.push(`${ours.size} are held where CAD has ${onCalls}`);
  }
  return played;
};
