import { describe, expect, it } from 'vitest';
import { RestError, restOver } from '../../../../client/rest.ts';
import { perform, type Stage } from '../../../../local/city/demo/perform.ts';
import { createVirtualScheduler } from '../../../../local/kernel/virtual-scheduler.ts';
import type { Message } from '../../../../shared/contracts/channel.ts';

type Hear = (message: Message) => void;

/** A SWOE of cardboard: it starts on the first shot, asks once, and ends when answered. */
const cardboard = ({ silent = false, starts = true, refuses = false, conflicts = 0 } = {}) => {
  const scheduler = createVirtualScheduler();
  const channels = new Map<string, Hear>();
  const lines: string[] = [];
  const posted: { path: string; body: unknown }[] = [];
  let status = 'RUNNING';
  let asked: object[] = [];
  let left = conflicts;
  const say = (kind: Message['kind'], data: Record<string, unknown>): void => {
    if (silent && kind.startsWith('workflow.c')) return;
    channels.get('workflow-status')?.({
      seq: 1,
      topic: 'workflow-progress',
      about: {},
      kind,
      at: new Date(scheduler.now()).toISOString(),
      incidentId: 'i',
      executionId: 'e',
      data,
    });
  };
  const get = async (path: string): Promise<unknown> => {
    if (path === '/approvals') return { items: asked };
    if (path.startsWith('/events/fused')) return { items: [] };
    if (path.startsWith('/workflows/')) return { steps: [{ kind: 'step' }, { kind: 'approval' }] };
    return { status, degraded: false, missing: [] };
  };
  const post = async (path: string, body: unknown): Promise<unknown> => {
    left -= 1;
    if (left >= 0) throw new RestError(409, 'the facts shown have changed');
    posted.push({ path, body });
    asked = [];
    scheduler.after(500, () => {
      status = refuses ? 'FAILED' : 'COMPLETED';
      say(refuses ? 'workflow.failed' : 'workflow.completed', {
        workflow: 'gunfire-response',
        degraded: false,
        missing: [],
        cause: 'SWOE.Refused',
      });
    });
    return {};
  };
  const begin = (eventKey: string): void => {
    scheduler.after(200, () => say('workflow.started', { workflow: 'gunfire-response', eventKey }));
    scheduler.after(900, () => say('action.requested', { step: 'sendDrone', action: 'DRONE_DISPATCH', units: [{ id: 'D1' }] }));
    scheduler.after(3000, () => {
      asked = [
        {
          id: 'q/1',
          executionId: 'e',
          ask: 'watch_commander',
          askedAt: new Date(scheduler.now()).toISOString(),
          factsHash: 'h',
          kind: 'approval',
        },
      ];
    });
  };
  let first = true;
  const stage: Stage = {
    scheduler,
    bus: {
      put: async ([entry]) => {
        if (first && starts && entry) begin(`${entry.source}#${(entry.detail as { id: string }).id}`);
        first = false;
        return { accepted: 1, refused: [] };
      },
    },
    restAs: () => restOver(({ method, path, body }) => (method === 'GET' ? get(path) : post(path, body))),
    follow: async (channel, hear) => {
      channels.set(channel, hear);
      return { close: () => channels.delete(channel) };
    },
    terminal: { line: (text) => lines.push(text), status: () => {}, done: () => {} },
    gateway: 'http://127.0.0.1:8080',
    timeoutMs: 45_000,
  };
  const play = async () => {
    const playing = perform(stage);
    await scheduler.run();
    return { result: await playing, lines, posted, open: channels.size };
  };
  return { play };
};

describe('the demo', () => {
  it('ends COMPLETED, with its question answered on the facts shown and its channels closed', async () => {
    const { result, posted, lines, open } = await cardboard().play();
    expect(result).toMatchObject({ ok: true, status: 'COMPLETED', executionId: 'e', incidentId: 'i' });
    expect(posted).toEqual([{ path: '/approvals/q%2F1', body: { answer: 'approve', reason: expect.any(String), factsHash: 'h' } }]);
    expect(lines.join('\n')).toMatch(/First dispatch 0\.9 s after the shot/);
    expect(lines.join('\n')).toMatch(/audit\?incidentId=i/);
    expect(open).toBe(0);
  });

  it('answers again when the facts changed between reading and answering', async () => {
    const { result, posted } = await cardboard({ conflicts: 2 }).play();
    expect(result.ok).toBe(true);
    expect(posted).toHaveLength(1);
  });

  it('learns the end from REST when the channel is silent', async () => {
    expect((await cardboard({ silent: true }).play()).result).toMatchObject({ ok: true, status: 'COMPLETED' });
  });

  it('says that nothing started when nothing started', async () => {
    const { result, lines } = await cardboard({ starts: false }).play();
    expect(result.ok).toBe(false);
    expect(lines.join('\n')).toMatch(/✗ The demo failed\. No gunfire-response started within 45 s/);
  });

  it('a response that failed is a failed demo, with its cause', async () => {
    const { result } = await cardboard({ refuses: true }).play();
    expect(result).toMatchObject({ ok: false, status: 'FAILED', why: 'gunfire-response ended FAILED: SWOE.Refused' });
  });
});
