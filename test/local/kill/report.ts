import { existsSync, readdirSync } from 'node:fs';
import { lookAt } from '../../../local/inspect/look.ts';
import type { Ledger } from '../../../shared/contracts/ledger.ts';
import { type Violation, violationsOf } from '../../simulation/invariants/index.ts';
import { type Observation, observe } from '../../simulation/observe.ts';
import type { Play } from './play.ts';

const SHOWN = 40;
/** The city and the machine are two processes, and look at the clock at different moments. */
const SKEW_MS = 5000;

/** Nothing goes wrong here but that the machine dies, so both must say the same of how a run ended. */
const ENDS: Readonly<Record<string, string>> = { COMPLETED: 'SUCCEEDED', FAILED: 'FAILED', CANCELLED: 'ABORTED', TIMEOUT: 'TIMED_OUT' };

const endsAgree = ({ executions, machines }: Observation): Violation[] =>
  executions.flatMap(({ id, status }) => {
    const says = `${id} is ${status}, at Step Functions ${machines.get(id) ?? 'unknown'}`;
    return machines.get(id) === ENDS[status] ? [] : [{ invariant: 'endsAgree', says }];
  });

const tellStarts = ({ killed, starts, options: { say } }: Play): void => {
  const sorted = [...starts].sort((a, b) => a - b);
  say(`killed ${JSON.stringify(killed)}; a start took ${sorted[sorted.length >> 1]} ms in the middle, ${sorted.at(-1)} ms at most`);
};

/** Holds what the directory says after the last life against what the outside knows. Answers how much is wrong. */
export const report = async (play: Play, ledger: Ledger | undefined): Promise<number> => {
  const { place, bus, city, refusals, options } = play;
  const { say } = options;
  const { machine } = await lookAt(place.data);
  const seen = await observe(machine, { city, puts: bus.puts, skewMs: SKEW_MS, calm: false, brief: false, lines: [], noticed: [] });
  const violations = [...violationsOf(seen), ...endsAgree(seen)];
  const files = existsSync(place.data) ? readdirSync(place.data).filter((name) => /^(log|snapshot)-/.test(name)) : [];
  const again = bus.puts.filter(({ tries }) => tries > 1).length;
  tellStarts(play);
  say(`${bus.puts.length} events put, ${again} of them more than once; ${seen.executions.length} executions, ${city.effects.size} actions`);
  say(`ledger ${JSON.stringify(ledger)}`);
  say(`${seen.journal.length} entries in the journal; ${files.join(', ')}`);
  for (const refusal of refusals) say(`REFUSED: ${refusal}`);
  for (const { invariant, says } of violations.slice(0, SHOWN)) say(`${invariant}: ${says}`);
  const wrong = refusals.length + violations.length;
  say(wrong === 0 ? 'Nothing was lost, and nothing was done twice.' : `${refusals.length} refusals, ${violations.length} violations`);
  return wrong;
};
