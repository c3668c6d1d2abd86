import { eventKey, type NormalizedEvent } from '../../shared/contracts/event.ts';
import { Label, type Restricted } from '../../shared/contracts/restricted.ts';
import { contentOf, cutOf, peopleOf } from '../../shared/restricted/cut.ts';
import type { Vault } from '../../shared/restricted/index.ts';
import { pieceToken } from '../../shared/restricted/tokens.ts';
import type { Newcomer } from './accept.ts';

export interface SealDeps {
  vault: Vault;
}

type Known = ReadonlyMap<string, Awaited<ReturnType<Vault['store']['pieces']>>[number]>;

const one = async ({ vault }: SealDeps, event: NormalizedEvent, { labels }: Restricted, known: Known): Promise<NormalizedEvent> => {
  const token = pieceToken(eventKey(event));
  const before = known.get(token);
  if (before) return cutOf(event, { labels: [...before.labels], sealed: token, digest: before.digest }, before.people);
  const tokens = await vault.tokensOf(peopleOf(event));
  const people = tokens.map((subject) => subject ?? '');
  const piece = await vault.seal({ token, labels, people, content: contentOf(event) });
  return cutOf(event, { labels: [...piece.labels], sealed: token, digest: piece.digest }, piece.people);
};

/**
 * Events as they are kept: of those that hold restricted data that is sealed and its token put in its place, before anything of them is written
 * anywhere. An event that was sealed before keeps what was sealed first. What has no label costs nothing here.
 */
export const seal =
  (deps: SealDeps) =>
  async (newcomers: readonly Newcomer[]): Promise<Newcomer[]> => {
    const labelled = newcomers.filter(({ event }) => event.restricted !== undefined);
    if (labelled.length === 0) return [...newcomers];
    const pieces = await deps.vault.store.pieces(labelled.map(({ event }) => pieceToken(eventKey(event))));
    const known: Known = new Map(pieces.map((piece) => [piece.token, piece]));
    const sealed: Newcomer[] = [];
    for (const newcomer of newcomers) {
      const { event } = newcomer;
      sealed.push(event.restricted ? { ...newcomer, event: await one(deps, event, event.restricted, known) } : newcomer);
    }
    return sealed;
  };

/** A correction has the labels of what it corrects beside its own. */
export const alsoLabelled = (newcomer: Newcomer, labels: readonly Label[]): Newcomer => {
  const own = newcomer.event.restricted?.labels ?? [];
  const all = Label.options.filter((label) => own.includes(label) || labels.includes(label));
  return all.length === 0 ? newcomer : { ...newcomer, event: { ...newcomer.event, restricted: { labels: all } } };
};
