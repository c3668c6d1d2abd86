import { create as createFinish } from '../../../functions/finish/handler.ts';
import { type TriggerDeps, trigger } from '../../../functions/trigger/trigger.ts';
import type { NormalizedDetail } from '../../../shared/contracts/event.ts';
import type { Incident } from '../../../shared/contracts/incident.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import type { Trigger, Workflow } from '../../../shared/contracts/workflow.ts';
import { yieldOn } from '../../../shared/domain/hand-over.ts';
import { LIMITS, type Limits } from '../../../shared/domain/kernel/limits.ts';
import { ownBus } from '../../../shared/lambda/bus.ts';
import { tokens } from '../../../shared/lambda/machines.ts';
import { isGoing } from '../../../shared/stores/lifecycle.ts';
import { defineWorkflow, step } from '../../../workflows/language/define.ts';
import { headed } from '../../support/head.ts';
import { delivery, raw, rooms, type Told } from '../../support/rooms.ts';
import { PLACE } from '../../support/scene.ts';

/** A workflow of one step, started as a test wants it. */
export const response = (name: string, on: readonly Trigger[], more: Partial<Workflow> = {}): Workflow => ({
  ...defineWorkflow({
    name,
    title: name,
    version: 1,
    purpose: 'to be started',
    priority: 'HIGH',
    timeout: '10m',
    on,
    inputs: {},
    guardrails: [],
    steps: [step('close', { action: 'AUDIT_LOG', with: { entry: 'closing' }, within: '10s', onFailure: 'degrade', undo: 'never' })],
  }),
  ...more,
});

const OPENED = '2026-11-22T17:00:00.000Z';

export const incident = (id: string, more: Partial<Incident> = {}): Incident => ({
  id,
  eventKey: `cad_system#${id}`,
  openedAt: OPENED,
  firstAt: OPENED,
  lastAt: OPENED,
  category: 'INCIDENT',
  priority: 'HIGH',
  type: 'call.shots-fired',
  summary: 'Shots',
  agency: 'rbpd',
  location: PLACE,
  sources: ['cad_system'],
  events: 1,
  confidence: 0.9,
  threatLevel: 0.5,
  state: 'OPEN',
  joined: [],
  ...more,
});

export const event = (id: string, incidentId: string, more: Partial<NormalizedDetail> = {}): NormalizedDetail => ({
  id,
  source: 'cad_system',
  type: 'call.shots-fired',
  category: 'INCIDENT',
  priority: 'HIGH',
  occurredAt: OPENED,
  receivedAt: OPENED,
  location: PLACE,
  entities: [],
  threatLevel: 0,
  confidence: 0.9,
  summary: 'Shots',
  agency: 'rbpd',
  data: {},
  flags: [],
  incidentId,
  incident: { id: incidentId, change: 'opened', sources: ['cad_system'], independentSources: 1, events: 1, confidence: 0.9 },
  ...more,
});

export const fact = (incidentId: string, kind: string, more: Partial<Fact> = {}): Fact => ({
  subject: `incident/${incidentId}`,
  kind,
  value: { basis: 'seen', by: 'dispatch' },
  source: 'dispatch',
  eventKey: `dispatch#${kind}`,
  recordedAt: OPENED,
  expiresAt: '2026-11-22T19:00:00.000Z',
  ...more,
});

/** `trigger` over real stores, with workflows of the test's own, on incidents that are there; machines are only noted. */
export const triggering = async (
  workflows: readonly Workflow[],
  incidents: readonly Incident[] = [incident('I1')],
  how: Parameters<typeof rooms>[0] = {},
  limits: Limits = LIMITS,
) => {
  const ground = rooms(how);
  const { stores, runtime } = ground;
  for (const one of incidents)
    await stores.journal.commit(
      one.id,
      [{ kind: 'incident.opened', actor: 'system/test', data: {} }],
      [stores.incidents.write(headed(one))],
    );
  const started: string[] = [];
  const stopped: string[] = [];
  /** Runs whose start fails. */
  const failing = new Set<string>();
  const supersedes = (name: string) => workflows.find((one) => one.name === name)?.supersedes ?? [];
  const deps = { ...stores, limits, supersedes, bus: ownBus(runtime), clock: runtime.clock, log: runtime.log, tokens: tokens(runtime) };
  const going = async (id: string): Promise<boolean> => {
    const run = await stores.executions.get(id);
    return run !== undefined && isGoing(run);
  };
  const more: Omit<TriggerDeps, keyof typeof deps> = {
    mayStart: async () => ({ law: '', verdict: 'permit', clauses: [], facts: [] }) as never,
    giveWay: yieldOn(deps, 'system/trigger'),
    start: async (id) => {
      if (failing.has(id)) throw new Error(`${id} does not start`);
      if (await going(id)) started.push(id);
    },
    stopIfOver: async (id) => void ((await going(id)) || stopped.push(id)),
  };
  const run = trigger({ ...deps, ...more }, workflows);
  const finish = createFinish(runtime);
  return {
    ...ground,
    started,
    stopped,
    failing,
    say: (type: string, detail: unknown) => run(raw('swoe', detail, { 'detail-type': type })),
    hear: (detail: NormalizedDetail) => run(raw('swoe', detail, { 'detail-type': 'event.normalized' })),
    /** Hands what was told of these types to `finish`. */
    finish: (type: string) =>
      finish(
        delivery(...ground.told.filter((one: Told) => one.type === type).map(({ detail }) => raw('swoe', detail, { 'detail-type': type }))),
      ),
    /** A person cancels a run. */
    cancel: (executionId: string) => {
      const at = '2026-11-22T17:00:00.000Z';
      const detail = { executionId, op: 'cancel', by: 'sup-1', role: 'supervisor', reason: 'not ours', at, requestId: 'r1' };
      return finish(delivery(raw('swoe', detail, { 'detail-type': 'execution.control' })));
    },
    /** A run's machine has come to its end. */
    complete: (executionId: string) => finish({ contract: 1, op: 'complete', executionId }),
    kinds: async (prefix: string) => (await ground.entries()).filter(({ kind }) => kind.startsWith(prefix)),
  };
};
