import { ulid } from 'ulid';
import type { DeadLetter, LetterClosed, LetterEnd } from '../../../shared/contracts/dead-letter.ts';
import { timeRefusal } from '../../../shared/domain/time.ts';
import { canonical, iso, sha256 } from '../../../shared/lambda/ids.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import type { Vault } from '../../../shared/restricted/index.ts';
import type { Claim, DeadLettersStore } from '../../../shared/stores/dead-letters.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { ApiBus } from '../bus.ts';
import { notForPeople } from '../claims.ts';
import type { Ask, Perform } from '../operation.ts';
import { accepted, conflict, invalidFields, isRefusal, type Refusal, type Reply, unavailable } from '../reply.ts';
import { noLetter } from './dead-letters.ts';

interface Deps {
  deadLetters: DeadLettersStore;
  vault: Vault;
  journal: JournalStore;
  put: ApiBus;
  runtime: Pick<Runtime, 'clock' | 'random'>;
}

/** Longer than a call of the API may take: whoever took a letter in hand and died holds up nobody for longer (ms). */
const IN_HAND_MS = 60_000;

/** How a letter is to end: `end` as far as it is known before, and what is put on the bus. */
interface Ending {
  state: 'redriven' | 'discarded';
  end: Omit<LetterEnd, 'at' | 'sentAs'>;
  detail?: unknown;
}

type Closed = Reply<LetterClosed, 202>;

const late = ({ busId, state, end: { by, at, reason } }: LetterClosed): Refusal =>
  conflict(`${busId} was ${state} by ${by} at ${at}: "${reason}"`);

const closed = ({ busId, source, state }: DeadLetter, end: LetterEnd): Closed => accepted({ busId, source, state, end });

/** The same asked once more is answered as before; anything else comes too late. */
const afterwards = (letter: DeadLetter, { state, end: { by, reason, mended } }: Ending): Closed => {
  const { busId, source, end } = letter;
  if (!end) return conflict(`${busId} is in somebody's hands: look at it again in a minute`);
  const same = letter.state === state && end.by === by && end.reason === reason && end.mended === mended;
  return same ? closed(letter, end) : late({ busId, source, state: letter.state, end });
};

const send = ({ put }: Deps, { source, detailType }: DeadLetter, { detail }: Ending): Promise<string | undefined> =>
  put({ source, type: detailType, detail });

/**
 * Closes an open letter. Whoever has it in hand sends it, so two people cannot; it is marked after it was sent, so one who dies in between
 * leaves it open, and the event that then comes twice is one by its source and id.
 */
const close = async (deps: Deps, letter: DeadLetter, ending: Ending): Promise<Closed> => {
  const { deadLetters, journal, runtime } = deps;
  const { busId, source } = letter;
  const now = runtime.clock.now();
  const claim: Claim = { token: ulid(now, runtime.random), by: ending.end.by, until: now + IN_HAND_MS };
  const asItIs = async (): Promise<Closed> => afterwards((await deadLetters.get(busId)) ?? letter, ending);
  if (!(await journal.commit(busId, [], deadLetters.claim(busId, claim, now))).ok) return asItIs();
  const sentAs = ending.detail === undefined ? undefined : await send(deps, letter, ending);
  if (ending.detail !== undefined && sentAs === undefined) {
    await journal.commit(busId, [], [deadLetters.release(busId, claim)]);
    return unavailable('The bus did not take the event: the letter is open as before, try again');
  }
  const end: LetterEnd = { ...ending.end, at: iso(runtime.clock.now()), sentAs };
  const { by, ...said } = end;
  const done = await journal.commit(
    busId,
    [{ kind: `event.${ending.state}`, actor: `person/${by}`, data: { busId, source: source.slice(0, 60), ...said } }],
    deadLetters.close(busId, claim, ending.state, end),
  );
  return done.ok ? closed({ ...letter, state: ending.state }, end) : asItIs();
};

type Redrive = Ask<'redriveDeadLetter'>;

/** Why a person may not send this in a letter's place. Pure. */
const unfit = ({ detailType }: DeadLetter, body: NonNullable<Redrive['body']['body']>, now: number): Refusal | undefined => {
  const claimed = notForPeople(detailType) ?? notForPeople(body.type);
  if (claimed) return claimed;
  const late = body.time ? timeRefusal(Date.parse(body.time), now) : undefined;
  return late ? invalidFields([{ path: 'body.time', message: late }]) : undefined;
};

/** What a letter held when it came, opened where it is sealed; or why it cannot be sent. */
const heldBy = async ({ vault }: Pick<Deps, 'vault'>, { busId, body = '', restricted }: DeadLetter): Promise<string | Refusal> => {
  if (!restricted?.sealed) return body;
  const opened = await vault.open(restricted.sealed);
  return opened?.state === 'open' ? String(opened.content['body']) : conflict(`What ${busId} held was erased: there is nothing to send`);
};

/** The letter that is to be sent again, and how; or why not. */
const redriving = async (
  { deadLetters, runtime, vault }: Pick<Deps, 'deadLetters' | 'runtime' | 'vault'>,
  { params: { id = '' }, body: { reason, body }, raw, caller, role }: Redrive,
): Promise<{ letter: DeadLetter; ending: Ending } | Closed> => {
  const letter = await deadLetters.get(id);
  if (!letter) return noLetter(id);
  // Until a second person has said yes the ask would keep what was sealed.
  if (body && letter.restricted)
    return conflict(
      `${id} is ${letter.restricted.labels.join(', ')} and sealed: have its producer send it anew, or send it again as it came`,
    );
  const refused = body && unfit(letter, body, runtime.clock.now());
  if (refused) return refused;
  if (!body && letter.cut) return conflict(`${id} was larger than an event may be, and its end is lost: send a mended body`);
  const held = body ? '' : await heldBy({ vault }, letter);
  if (typeof held !== 'string') return held;
  const detail = body ? (raw as { body: unknown }).body : JSON.parse(held);
  const mended = body ? sha256(canonical(detail)) : undefined;
  const ending: Ending = { state: 'redriven', end: { by: caller.sub, role, reason, mended }, detail };
  return letter.state === 'open' ? { letter, ending } : afterwards(letter, ending);
};

/** What can be told before a second person is asked: what does not fit, and what became of a letter that is closed. */
export const redriveLetterAhead =
  (deps: Pick<Deps, 'deadLetters' | 'runtime' | 'vault'>) =>
  async (ask: Redrive): Promise<Refusal | undefined> => {
    const asked = await redriving(deps, ask);
    if ('letter' in asked) return undefined;
    return isRefusal(asked) ? asked : late(asked.body);
  };

export const redriveDeadLetter =
  (deps: Deps): Perform<'redriveDeadLetter'> =>
  async (ask) => {
    const asked = await redriving(deps, ask);
    return 'letter' in asked ? close(deps, asked.letter, asked.ending) : asked;
  };

export const discardDeadLetter =
  (deps: Deps): Perform<'discardDeadLetter'> =>
  async ({ params: { id = '' }, body: { reason }, caller, role }) => {
    const letter = await deps.deadLetters.get(id);
    if (!letter) return noLetter(id);
    const ending: Ending = { state: 'discarded', end: { by: caller.sub, role, reason } };
    return letter.state === 'open' ? close(deps, letter, ending) : afterwards(letter, ending);
  };
