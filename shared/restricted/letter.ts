import { Entity } from '../contracts/event.ts';
import { Label } from '../contracts/restricted.ts';
import type { BusEvent } from '../lambda/doors.ts';
import { type Burial, keptBody } from '../stores/dead-letters.ts';
import { labelsOf } from './labels.ts';
import { isPersonal } from './personal.ts';
import { pieceToken } from './tokens.ts';
import type { Vault } from './vault.ts';

type Part = Readonly<Record<string, unknown>>;
const partOf = (value: unknown): Part => (typeof value === 'object' && value !== null ? (value as Part) : {});
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Whatever looks like an entity, however deep, in something that nobody could read. */
const entitiesIn = (value: unknown): Entity[] => {
  if (Array.isArray(value)) return value.flatMap(entitiesIn);
  if (typeof value !== 'object' || value === null) return [];
  const entity = Entity.safeParse(value);
  return entity.success ? [entity.data] : Object.values(value).flatMap(entitiesIn);
};

const labelsIn = (value: unknown): Label[] => (Array.isArray(value) ? value : []).flatMap((one) => Label.safeParse(one).data ?? []);

/** What can be told of a delivery that could not be taken in: its labels, and the people it names. */
const told = ({ source, detail }: BusEvent, more: readonly Label[]) => {
  const whole = partOf(detail);
  const data = partOf(whole['data']);
  const entities = entitiesIn(detail);
  const about = {
    source,
    type: textOf(whole['type']),
    category: textOf(data['category']),
    kinds: entities.map(({ kind }) => kind),
  };
  const people = entities.filter(({ kind }) => isPersonal(kind));
  return { labels: labelsOf(about, [...labelsIn(data['restricted']), ...more]), people };
};

/** A refusal may quote what it refuses. */
const unquoted = (reason: string): string => reason.replaceAll(/"[^"]*"/g, '"…"');

/**
 * A letter as it is kept: one that holds restricted data has its body and its reason in words sealed. `more` are labels that whoever buries it
 * knows of. What says neither its type nor its label cannot be told from any other and is kept as it came.
 */
export const sealedBurial =
  (vault: Vault) =>
  async (raw: BusEvent, burial: Burial, more: readonly Label[] = []): Promise<Burial> => {
    const { labels, people } = told(raw, more);
    if (labels.length === 0) return burial;
    const tokens = await vault.tokensOf(people);
    const token = pieceToken(`letter ${burial.busId}`);
    const piece = await vault.seal({
      token,
      labels,
      people: tokens.map((subject) => subject ?? ''),
      content: { reason: burial.reason, body: keptBody(burial.body) },
    });
    const restricted = { labels: [...piece.labels], sealed: token, digest: piece.digest };
    const bytes = Buffer.byteLength(burial.body);
    return { ...burial, bytes, reason: unquoted(burial.reason), body: JSON.stringify({ sealed: token }), restricted };
  };
