import { expect, test } from 'vitest';
import { scenarios } from '../../local/city/scenarios/index.ts';
import { playScenario } from '../../local/city/scenarios/play.ts';
import { workflows } from '../../workflows/index.ts';
import { drain } from '../support/crowd.ts';
import { town } from '../support/town.ts';
import { system } from './system.ts';

test('every workflow has a scenario', () => {
  expect(scenarios.map(({ workflow }) => workflow)).toEqual(workflows.map(({ name }) => name));
});

/** Longer than any workflow's own clock. */
const PATIENCE_MS = 13 * 3600 * 1000;

test.each(scenarios.map((scenario) => [scenario.workflow, scenario] as const))(
  '%s starts by its own event, runs against the city and completes, lacking nothing and holding nobody',
  async (_, scenario) => {
    const running = await system({ city: true });
    const stage = await town(running);
    const played = await playScenario(stage, scenario, { run: '1' }, PATIENCE_MS);
    expect(played).toMatchObject({ status: 'COMPLETED', degraded: false, missing: [] });
    // One response may start another: that one ends as well.
    await drain(running, stage, PATIENCE_MS);
    await running.pass(5 * 60_000);
    const { body } = await running.rest<{ items: { id: string; status: string }[] }>('viewer', 'GET', '/resources?limit=200');
    expect(body.items.filter(({ status }) => status !== 'FREE')).toEqual([]);
    const ledger = await running.status();
    expect(ledger.deadLettered).toBe(0);
    await stage.stop();
    running.stop();
  },
);
