import { expect, test } from 'vitest';
import type { BusEntry } from '../../client/bus.ts';
import { scenarios } from '../../local/city/scenarios/index.ts';
import { facts, report } from '../../local/city/scenarios/scenario.ts';
import type { Durable } from '../../local/kernel/log.ts';
import { rememberedLog } from '../../local/kernel/remembered-log.ts';
import type { Simulation } from '../../shared/contracts/simulation.ts';
import { stepsOf, type Workflow } from '../../shared/contracts/workflow.ts';
import { workflows } from '../../workflows/index.ts';
import { FLEET, type Manners, system } from './system.ts';

type Running = Awaited<ReturnType<typeof system>>;

/** A log that says which engine wrote to it: nothing changes in this system without a word here. */
const watchedLog = () => {
  const log = rememberedLog();
  const writers: string[] = [];
  const write = (engine: string, record: unknown): void => {
    writers.push(engine);
    log.write(engine, record);
  };
  return { ...log, write, writers };
};

/** Everything that tables, queues, buses, schedules and state machines hold, as they would begin a new log with it. */
const everything = ({ machine }: Running): string =>
  JSON.stringify(
    (Object.values(machine.engines) as (Durable | Pick<Durable, 'name'>)[]).flatMap((engine) =>
      'snapshot' in engine ? [[engine.name, [...engine.snapshot()]]] : [],
    ),
  );

/** What AWS would bill, but for being asked and reading. */
const deeds = ({ machine }: Running): [string, number][] =>
  Object.entries(machine.counts())
    .flatMap(([service, units]) => Object.entries(units).map(([unit, count]): [string, number] => [`${service}: ${unit}`, count]))
    .filter(([unit]) => /write units|custom events|messages|state transitions|scheduler/.test(unit));

const silent: Manners = () => 'silent';
const PLAYING = { run: 'flow' };

/** Each scenario's incident opened and its facts stated, and one run under way: units are held, tokens wait, a queue is read. */
const aCityAtWork = async (running: Running): Promise<void> => {
  await running.populate(FLEET);
  const putAll = async (entries: readonly BusEntry[]): Promise<void> => {
    for (const { source, type, detail } of entries) await running.put(source, type, detail);
    await running.pass(2000);
  };
  await putAll(scenarios.map((scenario) => report(scenario, 0, PLAYING, running.scheduler.now())));
  const { body } = await running.rest<{ items: { id: string; summary: string }[] }>('viewer', 'GET', '/events/fused');
  for (const scenario of scenarios) {
    const incident = body.items.find(({ summary }) => summary === scenario.events[0].data['summary']);
    if (incident) await putAll(facts(scenario, incident.id, PLAYING, running.scheduler.now()));
  }
  const request = { workflow: 'gunfire-response', reason: 'heard it', location: { lat: 26.7753, lon: -80.0581 } };
  await running.rest('dispatcher', 'POST', '/workflow/execute', request);
  await running.pass(5000);
};

/** Three ways to ask: as it would go, with a step that never answers and a call-off, and with failures at its end. */
const questions = ({ name, steps: nodes }: Workflow, now: number): object[] => {
  const scenario = scenarios.find(({ workflow }) => workflow === name);
  const event = scenario && { ...report(scenario, 1, PLAYING, now).detail, source: scenario.events[1].source };
  const steps = stepsOf(nodes).map((step) => step.name);
  const asked = { workflow: name, event, location: { lat: 26.7753, lon: -80.0581 } };
  return [asked, { ...asked, slow: steps.slice(1, 2), cancelAfterS: 40 }, { ...asked, fail: steps.slice(-2) }];
};

test('POST /simulate of any workflow leaves every table, queue, execution and bus as it was, the journal with them', async () => {
  const log = watchedLog();
  const running = await system({ log, manners: silent });
  await aCityAtWork(running);
  expect(await running.executions()).not.toEqual([]);
  const look = () => ({ state: everything(running), deeds: deeds(running), written: log.writers.length });
  for (const workflow of workflows) {
    for (const question of questions(workflow, running.scheduler.now())) {
      const before = look();
      const { status, body } = await running.rest<Simulation>('supervisor', 'POST', '/simulate', question);
      expect([workflow.name, status, status === 200 ? [] : body]).toEqual([workflow.name, 200, []]);
      expect(body.timeline.length).toBeGreaterThan(1);
      const after = look();
      expect([log.writers.slice(before.written), after.deeds]).toEqual([[], before.deeds]);
      expect(after.state === before.state).toBe(true);
    }
  }
  // The same eyes see what a real request does.
  const before = look();
  await running.rest('dispatcher', 'POST', '/workflow/execute', {
    workflow: 'gunfire-response',
    reason: 'again',
    location: { lat: 26.9, lon: -80.1 },
  });
  await running.pass(1000);
  expect(look().written).toBeGreaterThan(before.written);
  expect([look().state === before.state, deeds(running)]).not.toEqual([true, before.deeds]);
});
