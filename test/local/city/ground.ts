import type { BusEntry } from '../../../client/bus.ts';
import { createDesk, type DeskDeps } from '../../../local/city/desk.ts';
import { createFleet } from '../../../local/city/fleet.ts';
import { ROSTER } from '../../../local/city/roster.ts';
import { unitStatus } from '../../../local/city/statements.ts';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import { ActionRequested } from '../../../shared/contracts/action.ts';

export const SCENE = { lat: 26.7751, lon: -80.0604, radiusM: 25 };

export const request = (over: Partial<ActionRequested> = {}): ActionRequested =>
  ActionRequested.parse({
    actionId: 'run-1/sendDrone/0',
    subsystem: 'drone_ops',
    action: 'DRONE_DISPATCH',
    executionId: 'run-1',
    incidentId: 'incident-1',
    step: 'sendDrone',
    priority: 'CRITICAL',
    agency: 'riviera-beach-pd',
    location: SCENE,
    arguments: {},
    units: [{ id: 'RB-DRONE-01', type: 'DRONE', fence: 1 }],
    within: 90,
    requestedAt: '2026-01-01T00:00:00.000Z',
    ...over,
  });

/** One desk on a virtual clock, with all it and its fleet put on the bus. */
export const stage = (over: Partial<DeskDeps> = {}) => {
  const scheduler = createVirtualScheduler({ seed: 7 });
  const began = scheduler.now();
  const said: (BusEntry & { atMs: number })[] = [];
  const post = async (entry: BusEntry): Promise<boolean> => {
    said.push({ ...entry, atMs: scheduler.now() - began });
    return true;
  };
  const fleet = createFleet({
    scheduler,
    speed: 20,
    roster: ROSTER,
    report: (unit, standing, what) => void post(unitStatus(unit, standing, what, 'run', scheduler.now())),
  });
  const desk = createDesk({
    subsystem: 'drone_ops',
    scheduler,
    random: scheduler.random,
    fleet,
    speed: 20,
    failureRate: () => 0,
    post,
    onLine: () => {},
    ...over,
  });
  const answers = () => said.filter(({ type }) => type === 'action.completed' || type === 'action.failed');
  const stages = () => said.filter(({ type }) => type === 'action.progress').map(({ detail }) => (detail as { stage?: string }).stage);
  return { scheduler, said, fleet, desk, answers, stages };
};
