import type { ReplayableLog } from '../../local/kernel/remembered-log.ts';
import { rememberedLog } from '../../local/kernel/remembered-log.ts';
import { createVirtualScheduler } from '../../local/kernel/virtual-scheduler.ts';
import { createMachine, type MachineOptions } from '../../local/machine.ts';
import type { ActionRequested } from '../../shared/contracts/action.ts';
import type { Ask } from '../../shared/contracts/ask.ts';
import { BASE_PATH } from '../../shared/contracts/endpoints.ts';
import type { Ledger } from '../../shared/contracts/ledger.ts';
import type { Role } from '../../shared/contracts/vocabulary.ts';
import { subsystems } from '../../workflows/vocabulary/index.ts';
import { certifiedFor } from './certified.ts';
import { asDeclared } from './contract.ts';
import { paperwork, standing } from './statements.ts';

/** What a subsystem does when it is asked: answer after so many ms of the virtual clock, or stay silent. */
export type Manner = { after: number; outcome: 'completed' | 'failed'; note?: string; error?: string; result?: object } | 'silent';
export type Manners = (asked: ActionRequested) => Manner;

export const willing: Manners = () => ({ after: 500, outcome: 'completed' });

const POLL_MS = 50;
const START = Date.UTC(2026, 10, 22, 17);
export const MARINA = { lat: 26.7753, lon: -80.0581, radiusM: 25 };

export const shot = (id: string, data: object = {}, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: 'sensor-12',
  type: 'gunshot.detected',
  data: { location: MARINA, confidence: 0.93, ...data },
  ...more,
});

interface Page {
  items: { kind: string; at: string; incidentId?: string; executionId?: string; data: Record<string, unknown> }[];
  next?: string;
}

interface SystemOptions {
  seed?: number;
  manners?: Manners;
  log?: ReplayableLog;
  start?: number;
  /** How often subsystems look into their queues, in ms. */
  poll?: number;
  /** The city's own desks serve the queues; see town.ts. */
  city?: true;
  /** What else the machine is made with. */
  machine?: Pick<MachineOptions, 'faults' | 'fetch' | 'without' | 'onSpent'>;
}

/** The synthesised system in this process, on a virtual clock, with subsystems that answer as they are told to. */
export const systemOn = async (
  assembly: MachineOptions['assembly'],
  {
    seed = 1,
    manners = willing,
    log = rememberedLog(),
    start = START,
    poll: every = POLL_MS,
    city,
    machine: more = {},
  }: SystemOptions = {},
) => {
  const scheduler = createVirtualScheduler({ seed, start });
  const lines: object[] = [];
  const machine = await createMachine({
    assembly,
    scheduler,
    log,
    ...more,
    onLine: (from, line) => lines.push({ from, ...line }),
  });
  const asked: ActionRequested[] = [];
  const cancelled: Record<string, unknown>[] = [];
  const updated: Record<string, unknown>[] = [];
  const corrected: Record<string, unknown>[] = [];
  let stopped = false;

  /** Waits for work from outside while the machine's clock runs: a call may have to wait for a turn of it. */
  const live = async <T>(work: Promise<T>): Promise<T> => {
    let done = false;
    const watched = work.finally(() => {
      done = true;
    });
    watched.catch(() => {});
    await scheduler.run(() => done);
    return watched;
  };

  const putNow = async (source: string, type: string, detail: unknown): Promise<Record<string, unknown>> => {
    const Detail = typeof detail === 'string' ? detail : JSON.stringify(detail);
    return machine.call(machine.localUser, 'events', 'PutEvents', {
      Entries: [{ EventBusName: 'swoe', Source: source, DetailType: type, Detail }],
    });
  };

  const filed = new Set<string>();
  /** Whoever is first asked to do something about an incident sees to its paperwork. */
  const file = async (incidentId: string): Promise<void> => {
    if (filed.has(incidentId)) return;
    filed.add(incidentId);
    const { source, type, detail } = paperwork(incidentId, scheduler.now());
    await putNow(source, type, detail);
  };

  const serve = async (subsystem: string, body: string): Promise<void> => {
    const { 'detail-type': type, detail } = JSON.parse(body) as { 'detail-type': string; detail: ActionRequested };
    if (type === 'action.cancelled') {
      cancelled.push({ ...detail });
      return;
    }
    if (type === 'action.updated') updated.push({ ...detail });
    if (type === 'action.corrected') corrected.push({ ...detail });
    // A verdict is asked for and not waited for: here nobody gives one.
    if (type !== 'action.requested') return;
    asked.push(detail);
    await file(detail.incidentId);
    const manner = manners(detail);
    if (manner === 'silent') return;
    scheduler.after(
      manner.after,
      () =>
        void putNow(subsystem, `action.${manner.outcome}`, {
          actionId: detail.actionId,
          note: manner.note,
          error: manner.error ?? (manner.outcome === 'failed' ? 'BROKEN' : undefined),
          result: manner.result,
        }),
    );
  };

  const poll = async (subsystem: string): Promise<void> => {
    const QueueUrl = `http://127.0.0.1:4566/000000000000/swoe-dev-actions-${subsystem}`;
    const { Messages } = (await machine.call(machine.localUser, 'sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })) as {
      Messages?: { Body: string; ReceiptHandle: string }[];
    };
    for (const { Body, ReceiptHandle } of Messages ?? []) {
      await serve(subsystem, Body);
      await machine.call(machine.localUser, 'sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
    }
    if (!stopped) scheduler.after(every, () => void poll(subsystem));
  };
  if (!city) for (const subsystem of subsystems) scheduler.after(every, () => void poll(subsystem));

  const put = (source: string, type: string, detail: unknown) => live(putNow(source, type, detail));

  const tokens = new Map<string, string>();
  const bearer = async (role: Role, sub?: string, agency?: string): Promise<string> => {
    const key = `${role} ${sub ?? ''} ${agency ?? ''}`;
    const token = tokens.get(key) ?? (await machine.identity.token(role, { sub, agency, ttl: 24 * 3600 }));
    tokens.set(key, token);
    return token;
  };

  const rest = async <T = Record<string, unknown>>(
    role: Role,
    method: string,
    path: string,
    body?: unknown,
    sub?: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: T }> => {
    const headers = { authorization: `Bearer ${await bearer(role, sub)}`, 'content-type': 'application/json', ...more };
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await live(machine.gateway.request({ method, path: `${BASE_PATH}${path}`, headers, body: text }));
    const answer = String(reply.body);
    asDeclared(method, path, { status: reply.status, type: String(reply.headers['content-type']), text: answer });
    return { status: reply.status, body: JSON.parse(answer) as T };
  };

  const journal = async (filter = ''): Promise<Page['items']> => {
    const items: Page['items'] = [];
    let cursor: string | undefined;
    do {
      const { body } = await rest<Page>(
        'auditor',
        'GET',
        `/audit?limit=200${filter}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      items.push(...body.items);
      cursor = body.next;
    } while (cursor);
    return items.reverse();
  };

  return {
    machine,
    scheduler,
    log,
    lines,
    asked,
    cancelled,
    updated,
    corrected,
    put,
    rest,
    bearer,
    journal,
    live,
    connect: (channel: string, options: Parameters<typeof machine.gateway.connect>[1]) => live(machine.gateway.connect(channel, options)),
    /** Lets so many milliseconds of the virtual clock pass. */
    pass: (ms: number) => scheduler.run(scheduler.now() + ms),
    stop: () => {
      stopped = true;
    },
    /** A fleet that reported itself, and what the city has stated. */
    populate: async (fleet: Record<string, [type: string, northM: number]>): Promise<void> => {
      for (const { source, type, detail } of standing(scheduler.now())) await put(source, type, detail);
      for (const [id, [type, northM]] of Object.entries(fleet)) {
        const location = { lat: MARINA.lat + northM / 111_195, lon: MARINA.lon, radiusM: 5 };
        await put('dispatch', 'unit.status', {
          specversion: '1.0',
          id: `status-${id}`,
          source: 'dispatch',
          type: 'unit.status',
          data: { unit: { id, type, status: 'AVAILABLE', certifications: certifiedFor(type) }, location },
        });
      }
      await scheduler.run(scheduler.now() + 1000);
    },
    status: async () => (await rest<{ ledger: Ledger }>('viewer', 'GET', '/status')).body.ledger,
    executions: async () => (await rest<{ items: { id: string; status: string }[] }>('viewer', 'GET', '/status/active')).body.items,
  };
};

export type System = Awaited<ReturnType<typeof systemOn>>;

export const FLEET: Record<string, [string, number]> = {
  'drone-1': ['DRONE', 400],
  'drone-2': ['DRONE', 900],
  'officer-1': ['OFFICER', 300],
  'officer-2': ['OFFICER', 500],
  'officer-3': ['OFFICER', 1500],
  'car-1': ['VEHICLE', 350],
  'car-2': ['VEHICLE', 1200],
};

/** Approves, as a watch commander, whatever is asked. */
export const approveAll = async (running: System): Promise<number> => {
  const { body } = await running.rest<{ items: { id: string; factsHash: string }[] }>('viewer', 'GET', '/approvals');
  for (const { id, factsHash } of body.items) {
    const answer = { answer: 'approve', reason: 'two patrols ask for it', factsHash };
    const { status } = await running.rest('watch_commander', 'POST', `/approvals/${encodeURIComponent(id)}`, answer);
    if (status !== 202) throw new Error(`the approval was answered with ${status}`);
  }
  return body.items.length;
};

/** One asks for what takes two persons, and another says yes: a supervisor and a watch commander, where nothing else is said. */
export const agreed = async (
  running: System,
  path: string,
  body: object,
  [first, second]: readonly [Role, Role] = ['supervisor', 'watch_commander'],
): Promise<{ ask: Ask }> => {
  const asked = await running.rest<{ ask: Ask }>(first, 'POST', path, body);
  if (asked.status !== 202) throw new Error(`${path} was answered with ${asked.status}`);
  const yes = { answer: 'yes', reason: 'seen it too' };
  return (await running.rest<{ ask: Ask }>(second, 'POST', `/asks/${asked.body.ask.id}`, yes, 'second-person')).body;
};
