import { describe, expect, test } from 'vitest';
import { snapshot } from '../../../functions/connect/snapshot.ts';
import { standing } from '../../../functions/connect/standing.ts';
import type { ApprovalRecord, Execution } from '../../../shared/contracts/execution.ts';
import type { Incident } from '../../../shared/contracts/incident.ts';
import type { ServerWord } from '../../../shared/contracts/words.ts';
import { entry, sockets, streamed } from '../publish/ground.ts';
import { said, withFrames } from './support.ts';

const at = (n: number) => new Date(Date.UTC(2026, 10, 22, 17, 0, n)).toISOString();
const run = (n: number, priority = 'CRITICAL') =>
  ({
    id: `run-${n}`,
    workflow: 'w',
    incidentId: `i-${n}`,
    status: 'RUNNING',
    priority,
    agency: 'rbpd',
    createdAt: at(n),
    deadline: at(n),
    degraded: false,
  }) as Execution;
const question = (n: number) =>
  ({
    id: `q-${n}`,
    executionId: `run-${n}`,
    step: 's',
    kind: 'approval',
    ask: 'supervisor',
    voices: [],
    askedAt: at(n),
    expiresAt: at(n + 60),
    token: 'secret',
    factsHash: 'h',
  }) as unknown as ApprovalRecord;

/** Stores in which so many runs and questions stand. */
const city = (runs: Execution[], questions: ApprovalRecord[] = []) => {
  const { channels } = sockets();
  const executions = {
    active: async () => runs.map(({ id, createdAt, deadline }) => ({ id, createdAt, deadline })),
    get: async (id: string) => runs.find((one) => one.id === id),
    openApprovals: async () => questions,
  };
  return { channels, executions, incidents: { standing: async () => undefined } };
};

const told = async (
  deps: ReturnType<typeof city>,
  channel: 'workflow-status' | 'alerts',
  wanted: (id: string | undefined) => boolean = () => true,
) => {
  const words: ServerWord[] = [];
  const view = {
    key: '',
    see: <T extends { executionId?: string | undefined }>(message: T) => (wanted(message.executionId) ? message : undefined),
  };
  await snapshot({ ...deps, view, send: async (word) => void words.push(word as ServerWord) })(channel);
  return words.flatMap((word) => ('snapshot' in word ? [word] : []));
};

describe('a gap', () => {
  test('a place that is no longer kept: what stands now instead, and where messages go on', async () => {
    const { connect, words, forget } = await withFrames();
    await forget(1, 3);
    await connect(said('c1', { action: 'resume', from: 2 }));
    expect(words()).toEqual([
      { channel: 'events', gap: true, from: 5, detail: expect.stringContaining('2 to 4') },
      { channel: 'events', snapshot: [], part: 1, of: 1, whole: false, next: 21 },
      { channel: 'events', resumed: true, next: 21 },
    ]);
  });

  test('what is still kept goes to whoever asks for it', async () => {
    const { connect, words, forget } = await withFrames();
    await forget(1, 3);
    await connect(said('c1', { action: 'resume', from: 5 }));
    expect(words()[0]).toMatchObject({ from: 5, to: 6 });
    expect(words().at(-1)).toMatchObject({ resumed: true });
  });

  test('a place ahead of the channel is a gap, not silence', async () => {
    const { connect, words } = await withFrames();
    await connect(said('c1', { action: 'resume', from: 99 }));
    expect(words()).toMatchObject([
      { gap: true, from: 21 },
      { snapshot: [], next: 21 },
      { resumed: true, next: 21 },
    ]);
  });
});

describe('a snapshot', () => {
  test('tells runs and questions in the words of the channel, newest first, and no task token', async () => {
    const [word] = await told(city([run(1), run(2, 'LOW')], [question(1)]), 'workflow-status');
    expect(word?.snapshot.map(({ topic, executionId }) => [topic, executionId])).toEqual([
      ['workflow-started', 'run-2'],
      ['workflow-started', 'run-1'],
      ['approval', 'run-1'],
    ]);
    expect(word?.snapshot[2]).toMatchObject({
      incidentId: 'i-1',
      about: { workflow: 'w', priority: 'CRITICAL' },
      data: { lacking: ['supervisor'] },
    });
    expect(JSON.stringify(word)).not.toContain('secret');
  });

  test('of the alerts tells only what is CRITICAL, and every question', async () => {
    const [word] = await told(city([run(1), run(2, 'LOW')], [question(2)]), 'alerts');
    expect(word?.snapshot.map(({ topic, executionId }) => [topic, executionId])).toEqual([
      ['critical-response', 'run-1'],
      ['approval', 'run-2'],
    ]);
  });

  test('is bounded, comes in parts that can be pushed, and says that there is more', async () => {
    const words = await told(city(Array.from({ length: 250 }, (_, n) => run(n))), 'workflow-status');
    expect(words.map(({ part, of, whole, snapshot: items }) => [part, of, whole, items.length])).toEqual([
      [1, 2, false, 100],
      [2, 2, false, 100],
    ]);
    expect(words[0]?.snapshot[0]?.executionId).toBe('run-249');
    for (const word of words) expect(Buffer.byteLength(JSON.stringify(word))).toBeLessThan(128 * 1024);
  });

  test('tells nobody more than their view lets them see', async () => {
    const [word] = await told(city([run(1), run(2)]), 'workflow-status', (id) => id === 'run-1');
    expect(word?.snapshot.map(({ executionId }) => executionId)).toEqual(['run-1']);
  });

  test('of the events tells each incident once, as what it has become', async () => {
    const { channels, publish } = await withFrames();
    for (const [n, incidentId] of ['old', 'merged', 'root'].entries())
      await publish(streamed(entry('journal-02', n + 1, 'event.fused', {}, { incidentId })));
    const asked: string[] = [];
    const incident = (id: string) => ({ id, type: 'gunshot.detected', lastAt: at(1), sources: ['cad_system'], agency: 'rbpd' }) as Incident;
    const incidents = {
      standing: async (id: string) => {
        asked.push(id);
        return { incident: incident(id === 'merged' ? 'root' : id), absorbed: [] };
      },
    };
    const { items, whole } = await standing({ ...city([]), channels, incidents }, 'events');
    expect(asked).toEqual(['root', 'merged', 'old']);
    expect(items).toMatchObject([
      { topic: 'fused-event', incidentId: 'root', about: { source: 'cad_system', agency: 'rbpd' } },
      { topic: 'fused-event', incidentId: 'old' },
    ]);
    expect(whole).toBe(false);
  });
});
