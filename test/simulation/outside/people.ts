import { diceOf, type Happening, placeAt } from '../scenario.ts';
import type { World } from '../world.ts';
import type { Client, Person } from './client.ts';

interface Question {
  readonly id: string;
  readonly factsHash: string;
}

const LOOK_MS = 7_000;
const COMMANDER: Person = { sub: 'commander-1', role: 'watch_commander' };
const SUPERVISOR: Person = { sub: 'supervisor-1', role: 'supervisor' };
const DISPATCHER: Person = { sub: 'dispatcher-1', role: 'dispatcher' };

/** Who answers, as the roster has them. */
export const ON_DUTY = [
  [COMMANDER.sub, 'watch_commander'],
  [SUPERVISOR.sub, 'supervisor'],
] as const;

export interface People {
  /** No longer look for questions: the run is coming to its end. */
  leave(): void;
  act(happening: Extract<Happening, { kind: 'stop' | 'command' | 'halt' | 'request' }>): Promise<void>;
}

/** Watch commander, supervisor and dispatcher: they answer what is asked, or not, or twice, and in different minds. */
export const createPeople = (world: World, client: Client, seed: string): People => {
  const { scheduler } = world;
  const seen = new Set<string>();
  let here = true;

  const answer = async (question: Question, word: 'approve' | 'refuse'): Promise<void> => {
    const body = { answer: word, reason: 'as it looks from here', factsHash: question.factsHash };
    const person = (await client.rest(COMMANDER, 'POST', `/approvals/${encodeURIComponent(question.id)}`, body)) ?? { status: 500 };
    if (person.status === 403) await client.rest(SUPERVISOR, 'POST', `/approvals/${encodeURIComponent(question.id)}`, body);
  };
  const consider = async (question: Question): Promise<void> => {
    if (seen.has(question.id)) return;
    seen.add(question.id);
    const dice = diceOf(`${seed}/people/${question.id.slice(-24)}`);
    const mood = dice.pick(['approve', 'approve', 'approve', 'refuse', 'ignore', 'twice', 'both'] as const);
    if (mood === 'ignore') return;
    await client.pause(dice.whole(100, dice.pick([2000, 100_000])));
    if (mood === 'approve' || mood === 'refuse') await answer(question, mood);
    else await Promise.all([answer(question, 'approve'), answer(question, mood === 'both' ? 'refuse' : 'approve')]);
  };
  const look = async (): Promise<void> => {
    if (!here) return;
    scheduler.after(LOOK_MS, () => void look());
    const query = {
      TableName: 'swoe-dev-executions',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'APPROVALS' } },
    };
    const open = await world.ask((machine) => machine.call(machine.localUser, 'dynamodb', 'Query', query)).catch(() => undefined);
    if (!(open?.['Items'] as unknown[] | undefined)?.length) return;
    const asked = await client.rest(DISPATCHER, 'GET', '/approvals');
    for (const question of (asked?.body as { items?: Question[] } | undefined)?.items ?? []) void consider(question);
  };
  scheduler.after(LOOK_MS, () => void look());

  const found = async (nth: number): Promise<string | undefined> => {
    const arn = 'arn:aws:states:us-east-1:000000000000:stateMachine:swoe-dev-gunfire-response';
    const { executions } = (await client.call('states', 'ListExecutions', { stateMachineArn: arn })) as {
      executions?: { executionArn: string; startDate: number }[];
    };
    return [...(executions ?? [])].sort((a, b) => a.startDate - b.startDate || (a.executionArn < b.executionArn ? -1 : 1))[nth]
      ?.executionArn;
  };
  const stop = async (nth: number): Promise<void> => {
    const executionArn = await found(nth);
    if (executionArn) await client.call('states', 'StopExecution', { executionArn, error: 'Operator', cause: 'stopped by hand' });
  };

  /** Has the commander say yes to what takes two persons; said again until it is known what became of it. */
  const second = async (id: string): Promise<void> => {
    for (let tries = 0; tries < 40; tries += 1) {
      const body = { answer: 'yes', reason: 'seen it too' };
      const answer = await client.rest(COMMANDER, 'POST', `/asks/${id}`, body);
      if (answer && answer.status < 500 && answer.status !== 409) return;
      await client.pause(5000);
    }
  };

  /** Said again until it is known what became of it: a resume that was lost would leave the run paused. */
  const command = async (op: string, nth: number): Promise<void> => {
    let id: string | undefined;
    for (let tries = 0; tries < 40; tries += 1) {
      // While the machine is down, or does not answer, nobody can say which run it is.
      const look =
        id === undefined
          ? await found(nth).then(
              (arn) => ({ arn }),
              () => undefined,
            )
          : { arn: id };
      id = look?.arn?.split(':').at(-1);
      if (!id) {
        await client.pause(2000);
        continue;
      }
      const answer = await client.rest(SUPERVISOR, 'POST', `/executions/${id}/${op}`, { reason: 'as it looks from here' });
      if (answer && answer.status < 500 && !(answer.status === 409 && op === 'resume' && tries < 3)) {
        const { ask } = answer.body as { ask?: { id: string } };
        return ask ? second(ask.id) : undefined;
      }
      await client.pause(2000);
    }
  };

  /** Said until the engine has answered: it stands so, or it stood so before. */
  const operate = async (op: 'pause' | 'resume'): Promise<void> => {
    for (;;) {
      const answer = await client.rest(COMMANDER, 'POST', `/kernel/${op}`, { reason: 'as it looks from here' });
      if (answer && answer.status < 500) return;
      await client.pause(2000);
    }
  };
  const halt = async (forMs: number): Promise<void> => {
    await operate('pause');
    await client.pause(forMs);
    await operate('resume');
  };

  return {
    leave: () => {
      here = false;
    },
    act: async (happening) => {
      if (happening.kind === 'stop') return stop(happening.nth);
      if (happening.kind === 'halt') return halt(happening.forMs);
      if (happening.kind === 'command') return command(happening.op, happening.nth);
      await client.rest(DISPATCHER, 'POST', '/workflow/execute', {
        workflow: 'gunfire-response',
        reason: 'heard it on patrol',
        location: placeAt(happening.north),
      });
    },
  };
};
