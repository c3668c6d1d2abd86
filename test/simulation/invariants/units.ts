import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import type { Observation } from '../observe.ts';

interface Hold {
  readonly unit: string;
  readonly fence: number;
  readonly executionId: string | undefined;
  readonly from: number;
}

/** A unit that is handed over, or taken by what goes before, is held by the next without a moment between. */
const handedOver = (journal: readonly JournalEntry[]): JournalEntry[] =>
  journal.filter(({ kind }) => kind === 'resource.handed-over' || kind === 'resource.preempted');

const takenOver = (journal: readonly JournalEntry[]): Hold[] =>
  handedOver(journal).map(({ data, executionId, at }) => ({
    unit: String(data['resourceId']),
    fence: Number(data['fence']),
    executionId,
    from: Date.parse(at),
  }));

const endsOf = (journal: readonly JournalEntry[]): { unit: unknown; fence: unknown; executionId: unknown; at: string }[] => [
  ...journal
    .filter(({ kind }) => kind === 'resource.released' || kind === 'resource.unknown')
    .map(({ data, executionId, at }) => ({ unit: data['resourceId'], fence: data['fence'], executionId, at })),
  ...handedOver(journal).map(({ data, at }) => ({ unit: data['resourceId'], fence: data['was'], executionId: data['from'], at })),
];

const claimed = (journal: readonly JournalEntry[]): Hold[] =>
  journal
    .filter(({ kind }) => kind === 'resource.allocated')
    .flatMap(({ data, executionId, at }) =>
      (data['units'] as { id: string; fence: number }[]).map(({ id, fence }) => ({ unit: id, fence, executionId, from: Date.parse(at) })),
    );

/** Each claim of a unit has a fence of its own, the next one higher, and ends, by its own holder, before the next one begins. */
export const noUnitHasTwoHolders = ({ journal, units, skewMs }: Observation): string[] => {
  const ends = endsOf(journal);
  const holds = [...claimed(journal), ...takenOver(journal)];
  return units.flatMap(({ id, fence }) => {
    const own = holds.filter(({ unit }) => unit === id).sort((a, b) => a.fence - b.fence || a.from - b.from);
    const complaints: string[] = [];
    own.forEach((hold, index) => {
      if (hold.fence !== index + 1) complaints.push(`claim ${index + 1} of ${id} has the fence ${hold.fence}`);
      const ended = ends.filter((end) => end.unit === id && end.fence === hold.fence);
      if (ended.length !== 1) complaints.push(`claim ${hold.fence} of ${id} ended ${ended.length} times`);
      const [end] = ended;
      const next = own[index + 1];
      if (end && end.executionId !== hold.executionId) complaints.push(`claim ${hold.fence} of ${id} was ended by ${end.executionId}`);
      if (end && next && Date.parse(end.at) > next.from + skewMs)
        complaints.push(`${id} had two holders: ${hold.executionId} and ${next.executionId}`);
    });
    if (fence !== own.length) complaints.push(`${id} has the fence ${fence} after ${own.length} claims`);
    return complaints;
  });
};

const LISTS = /^(FREE|BUSY)#/;

/** In the end nobody holds a unit, every run that lost one has planned anew, and each unit is listed once: a free one as free, another as not. */
export const everyUnitIsBack = ({ units, unitRows }: Observation): string[] => {
  const listed = unitRows.filter(({ pk }) => LISTS.test(pk));
  return [
    ...unitRows.filter(({ pk }) => !LISTS.test(pk)).map(({ pk, sk }) => `a lease or a notice is left: ${pk} ${sk}`),
    ...units.flatMap(({ id, status, type }) => {
      const lists = listed.filter((row) => row['id'] === id).map(({ pk }) => pk);
      const list = `${status === 'FREE' ? 'FREE' : 'BUSY'}#${type}`;
      if (status === 'HELD') return [`${id} is still held`];
      return lists.length === 1 && lists[0] === list ? [] : [`${type} ${id} is ${status} and listed as ${lists.join(', ') || 'nothing'}`];
    }),
  ];
};
