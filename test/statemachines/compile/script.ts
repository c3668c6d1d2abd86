import { createHash } from 'node:crypto';

/** What the world makes of one attempt, and after how many milliseconds; silence has no end of its own. */
export interface Turn {
  readonly answer: string | { readonly said?: { readonly weapon: boolean } };
  readonly afterMs: number;
}

/** What happens at the nth attempt of a command about a step or a question. */
export type Script = (op: string, name: string, nth: number) => Turn;

const PERFORM = ['Broken', 'silence', 'SWOE.Held', 'SWOE.Refused', 'SWOE.Paused', 'SWOE.Held', 'Broken'];
const ASKED = ['SWOE.Refused', 'silence', 'yes'];

const draw = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

const answerOf = (op: string, drawn: number, nth: number, troubled: number): Turn['answer'] => {
  if (op === 'miss' || op === 'complete' || op === 'compensate') return {};
  if (op === 'ask' || op === 'hold') {
    const word = ASKED[drawn % ASKED.length] ?? 'yes';
    return word === 'yes' || nth > 12 ? {} : word;
  }
  // Everything ends: a step that was held or failed a dozen times does its part.
  if (nth <= 12 && drawn % 100 < troubled) return PERFORM[(drawn >> 8) % PERFORM.length] ?? 'Broken';
  return (drawn >> 16) % 3 === 0 ? {} : { said: { weapon: (drawn >> 16) % 3 === 1 } };
};

/** A world drawn from a seed, in which so many of a hundred attempts meet trouble. */
export const scriptOf =
  (seed: number, troubled: number): Script =>
  (op, name, nth) => {
    const drawn = draw(`${seed} ${op} ${name} ${nth}`);
    return { answer: answerOf(op, drawn, nth, troubled), afterMs: 1 + (draw(`${seed} after ${op} ${name} ${nth}`) % 997) };
  };
