import { documentation, factAsserted } from '../../../local/city/facts.ts';
import type { Machine } from '../../../local/machine.ts';
import type { ActionCancelled, ActionRequested } from '../../../shared/contracts/action.ts';
import { subsystems } from '../../../workflows/vocabulary/index.ts';
import { diceOf } from '../scenario.ts';
import type { World } from '../world.ts';
import type { Client } from './client.ts';

/** One action as its subsystem knows it; it outlives the machine. */
export interface Effect {
  readonly asked: ActionRequested;
  readonly at: number;
  /** How often it was asked for, and in what other words than the first time. */
  requests: number;
  otherwise: string[];
  /** Everything the subsystem ever answered, what it answered first, and when the bus had taken that. */
  readonly said: Set<'completed' | 'failed'>;
  answer?: 'completed' | 'failed';
  answeredAt?: number;
  cancelled: { at: number; undo: boolean; before: boolean }[];
}

export interface City {
  /** By action id. */
  readonly effects: ReadonlyMap<string, Effect>;
  /** Cancelled before they were asked for. */
  readonly tombstones: ReadonlySet<string>;
  /** Answers not yet on the bus. */
  busy(): number;
}

type Manner = {
  readonly afterMs: number;
  readonly answer: 'completed' | 'failed';
  readonly progress: number;
  readonly twice: boolean;
  readonly changesMind: boolean;
};

const QUEUE = 'swoe-dev-actions-';

/** How a subsystem takes an action: by the seed and by what is asked, not by when it is asked, so a shrunk plan meets the same city. */
const mannerOf = (seed: string, { actionId, within }: ActionRequested): Manner | 'silent' => {
  const dice = diceOf(`${seed}/city/${actionId.replace(/-[0-9A-Z]{10}(?=[0-9A-Z]{16}\/)/, '')}`);
  if (dice.chance(0.06)) return 'silent';
  const late = dice.chance(0.08);
  return {
    afterMs: late ? within * 1000 + dice.whole(-1500, 5000) : dice.whole(20, dice.pick([200, 2000, 5000])),
    answer: dice.chance(0.12) ? 'failed' : 'completed',
    progress: dice.chance(0.15) ? dice.whole(1, 2) : 0,
    twice: dice.chance(0.12),
    changesMind: dice.chance(0.04),
  };
};

const sameAsk = ({ requestedAt: _, units, ...rest }: ActionRequested): string =>
  JSON.stringify({ ...rest, units: units.map(({ id, fence }) => `${id}@${fence}`).sort() });

/** The subsystems: each reads its queue, does each action once however often it is asked, and answers, late, twice or never. */
export const createCity = (world: World, client: Client, seed: string): City => {
  const { scheduler } = world;
  const effects = new Map<string, Effect>();
  const tombstones = new Set<string>();
  /** Who reads from which machine, and whether more came meanwhile. */
  const reading = new Map<string, { machine: Machine; more: boolean }>();
  let busy = 0;

  const say = async (subsystem: string, type: string, detail: object): Promise<void> => {
    busy += 1;
    await client.put({ source: subsystem, type: `action.${type}`, detail });
    busy -= 1;
  };
  const answer = async (effect: Effect, word: 'completed' | 'failed'): Promise<void> => {
    const { actionId, subsystem } = effect.asked;
    effect.answer ??= word;
    effect.said.add(word);
    await say(subsystem, word, { actionId, ...(word === 'failed' ? { error: 'BROKEN', note: 'it broke' } : {}) });
    effect.answeredAt ??= scheduler.now();
  };
  const soon = (ms: number, task: () => Promise<void>): void => {
    busy += 1;
    scheduler.after(Math.max(0, ms), () => {
      busy -= 1;
      void task();
    });
  };
  const perform = (effect: Effect): void => {
    const { asked } = effect;
    const manner = mannerOf(seed, asked);
    if (manner === 'silent') return;
    const { afterMs, progress, twice, changesMind } = manner;
    for (let n = 1; n <= progress; n += 1)
      soon((afterMs * n) / (progress + 1), () => say(asked.subsystem, 'progress', { actionId: asked.actionId, stage: 'ACCEPTED' }));
    soon(afterMs, () => answer(effect, manner.answer));
    if (twice) soon(afterMs + 1 + (afterMs % 700), () => answer(effect, manner.answer));
    if (changesMind) soon(afterMs + 300, () => answer(effect, manner.answer === 'completed' ? 'failed' : 'completed'));
  };
  const filed = new Set<string>();
  /** What the officers report of an incident, once: no record is closed without it. */
  const file = async (incidentId: string): Promise<void> => {
    if (filed.has(incidentId)) return;
    filed.add(incidentId);
    busy += 1;
    await client.put(factAsserted(documentation(incidentId), `report-${incidentId}`, scheduler.now()));
    busy -= 1;
  };
  const requested = (asked: ActionRequested): void => {
    void file(asked.incidentId);
    const known = effects.get(asked.actionId);
    if (!known) {
      const effect: Effect = { asked, at: scheduler.now(), requests: 1, otherwise: [], said: new Set(), cancelled: [] };
      effects.set(asked.actionId, effect);
      if (!tombstones.has(asked.actionId)) perform(effect);
      return;
    }
    known.requests += 1;
    if (sameAsk(known.asked) !== sameAsk(asked)) known.otherwise.push(sameAsk(asked));
    const { answer: word } = known;
    if (word && known.answeredAt !== undefined) soon(10, () => answer(known, word));
  };
  const cancelled = ({ actionId, undo }: ActionCancelled): void => {
    const effect = effects.get(actionId);
    if (effect) effect.cancelled.push({ at: scheduler.now(), undo, before: effect.answer === undefined });
    else tombstones.add(actionId);
  };

  /** By detail type. What moved changes nothing of what a subsystem does here, and a verdict that is asked for is given by nobody: no run waits for one. */
  const heard: Readonly<Record<string, (detail: ActionRequested & ActionCancelled) => void>> = {
    'action.requested': requested,
    'action.cancelled': cancelled,
  };

  const read = async (subsystem: string, machine: Machine): Promise<void> => {
    const under = reading.get(subsystem);
    if (under?.machine === machine) {
      under.more = true;
      return;
    }
    const mine = { machine, more: false };
    reading.set(subsystem, mine);
    const QueueUrl = `http://127.0.0.1:4566/000000000000/${QUEUE}${subsystem}`;
    const call = (operation: string, input: Record<string, unknown>) =>
      world.ask((up) => up.call(up.localUser, 'sqs', operation, { QueueUrl, ...input }));
    try {
      for (;;) {
        const { Messages } = (await call('ReceiveMessage', { MaxNumberOfMessages: 10 })) as {
          Messages?: { Body: string; ReceiptHandle: string }[];
        };
        if (!Messages?.length && !mine.more) break;
        mine.more = false;
        for (const { Body, ReceiptHandle } of Messages ?? []) {
          const { 'detail-type': type, detail } = JSON.parse(Body) as { 'detail-type': string; detail: ActionRequested & ActionCancelled };
          heard[type]?.(detail);
          await call('DeleteMessage', { ReceiptHandle });
        }
      }
    } catch {
      // What was taken is offered again when its time in flight is over; perhaps by the next machine.
      scheduler.after(1000, () => world.machine() === machine && void read(subsystem, machine));
    }
    if (reading.get(subsystem) === mine) reading.delete(subsystem);
  };

  world.onUp((machine) => {
    for (const subsystem of subsystems) {
      const arn = machine.engines.queues.arnOf(`${QUEUE}${subsystem}`);
      machine.engines.queues.onVisible(arn, () => void read(subsystem, machine));
      scheduler.after(0, () => void read(subsystem, machine));
    }
  });

  return { effects, tombstones, busy: () => busy };
};
