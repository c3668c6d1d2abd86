import { describe, expect, it } from 'vitest';
import { reports } from '../../../../local/city/demo/events.ts';
import { bar, stepsOf } from '../../../../local/city/demo/progress.ts';
import { quietSpot } from '../../../../local/city/demo/spot.ts';
import { createStory } from '../../../../local/city/demo/story.ts';
import type { Message } from '../../../../shared/contracts/channel.ts';
import { Envelope } from '../../../../shared/contracts/event.ts';

const BEGAN = Date.UTC(2026, 0, 1);
const message = (kind: Message['kind'], afterMs: number, data: Record<string, unknown> = {}, executionId = 'run-1'): Message => ({
  seq: 1,
  topic: 'workflow-progress',
  about: {},
  kind,
  at: new Date(BEGAN + afterMs).toISOString(),
  incidentId: 'incident-1',
  executionId,
  data,
});
const start = message('workflow.started', 300, { workflow: 'gunfire-response', eventKey: 'gunshot_detection#a' });
const story = () => createStory(new Set(['gunshot_detection#a', 'cad_system#b']), BEGAN);
const texts = (lines: readonly { text: string }[]) => lines.map(({ text }) => text);

describe('the story of the demo', () => {
  it('follows the response that its own event started, and no other', () => {
    const { hear, plot } = story();
    expect(hear('workflow-status', message('workflow.started', 100, { eventKey: 'gunshot_detection#else' }, 'other'))).toEqual([]);
    expect(texts(hear('workflow-status', start))).toEqual(['✓ gunfire-response starts for incident incident-1']);
    expect(hear('workflow-status', message('step.completed', 400, { step: 'x' }, 'other'))).toEqual([]);
    expect(plot()).toMatchObject({ executionId: 'run-1', incidentId: 'incident-1' });
  });

  it('a step told before the start is told after it, not lost', () => {
    const { hear } = story();
    const early = message('action.requested', 250, {
      step: 'sendDrone',
      action: 'DRONE_DISPATCH',
      units: [{ id: 'D1', distanceM: 840.2 }],
    });
    expect(hear('workflow-status', early)).toEqual([]);
    expect(texts(hear('workflow-status', start))).toEqual([
      '✓ gunfire-response starts for incident incident-1',
      '→ sendDrone: DRONE_DISPATCH asked of D1 840 m away',
    ]);
  });

  it('knows who was sent, and how long after the shot the first was', () => {
    const { hear, plot } = story();
    hear('workflow-status', start);
    hear('workflow-status', message('action.requested', 500, { step: 'alertOfficers', units: [] }));
    hear('workflow-status', message('action.requested', 700, { step: 'sendDrone', units: [{ id: 'D1' }] }));
    hear('workflow-status', message('action.requested', 900, { step: 'sendPatrols', units: [{ id: 'O1' }, { id: 'O2' }] }));
    expect(plot()).toMatchObject({ firstDispatchMs: 700, units: ['D1', 'O1', 'O2'] });
  });

  it('tells a step that failed as failed, with its reason', () => {
    const { hear } = story();
    hear('workflow-status', start);
    const [line] = hear('workflow-status', message('step.failed', 900, { step: 'sendDrone', error: 'WIND_LIMIT', note: 'Gusts.' }));
    expect(line).toEqual({ text: '✗ sendDrone failed, WIND_LIMIT: Gusts.', tone: 'bad' });
  });

  it('a degraded end is never told as a plain one', () => {
    const { hear, plot } = story();
    hear('workflow-status', start);
    const [line] = hear(
      'workflow-status',
      message('workflow.completed', 9000, { workflow: 'gunfire-response', degraded: true, missing: [{ step: 'sendDrone' }] }),
    );
    expect(line?.text).toBe('✓ gunfire-response COMPLETED, degraded');
    expect(plot().ending).toMatchObject({ status: 'COMPLETED', degraded: true, missing: [{ step: 'sendDrone' }] });
  });

  it('a later report that joins is told once, from the channel of events', () => {
    const { hear } = story();
    hear('workflow-status', start);
    expect(hear('events', message('match.joined', 6100, { eventKey: 'cad_system#b' }))).toHaveLength(1);
    expect(hear('events', message('match.joined', 6100, { eventKey: 'cad_system#stranger' }))).toHaveLength(0);
  });
});

describe('the reports of the demo', () => {
  it('are two shots 400 ms apart and a caller, each a valid envelope with its own key', () => {
    const list = reports(quietSpot([], BEGAN), 'run', BEGAN);
    expect(list.map(({ afterMs }) => afterMs)).toEqual([0, 400, 6000]);
    for (const { entry, key } of list) {
      const { source, id } = Envelope.parse(entry.detail);
      expect(key).toBe(`${source}#${id}`);
      expect(entry.source).toBe(source);
    }
    expect(new Set(list.map(({ key }) => key)).size).toBe(3);
  });
});

describe('the place of the demo', () => {
  const shotAt = (spot: { lat: number; lon: number }, agoMs: number) => ({ location: spot, lastAt: new Date(BEGAN - agoMs).toISOString() });

  it('is the same for every newcomer, and another where shots were heard minutes ago', () => {
    const first = quietSpot([], BEGAN);
    const second = quietSpot([shotAt(first, 60_000)], BEGAN);
    expect(first.name).toBe('19th Street');
    expect(second.name).not.toBe(first.name);
    expect(quietSpot([shotAt(first, 11 * 60_000)], BEGAN)).toEqual(first);
  });

  it('told again and again it never happens where a shot would join the one before, until the spots run out', () => {
    const incidents: ReturnType<typeof shotAt>[] = [];
    const names = [5, 4, 3, 2, 1].map((minutes) => {
      const spot = quietSpot(incidents, BEGAN);
      incidents.push(shotAt(spot, minutes * 60_000));
      return spot.name;
    });
    expect(new Set(names).size).toBe(5);
    expect(quietSpot(incidents, BEGAN).name).toBe(names[0]);
  });
});

describe('the progress display', () => {
  it('counts steps and questions wherever they are nested', () => {
    const step = { kind: 'step' };
    expect(stepsOf({ steps: [step, { kind: 'parallel', branches: { a: [step], b: [{ kind: 'approval', inside: [step] }] } }] })).toBe(4);
  });

  it('is full at the end and never beyond', () => {
    expect(bar(12, 12, 8000)).toBe(`[${'█'.repeat(24)}] 12/12 steps, 8 s`);
    expect(bar(14, 12, 0)).toContain('12/12');
    expect(bar(0, 0, 0)).toContain('0/0');
  });
});
