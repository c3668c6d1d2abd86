import { Command } from 'commander';
import { awsEndpoint, gatewayUrl } from '../../../client/aws.ts';
import { openBus } from '../../../client/bus.ts';
import { openRest } from '../../../client/http.ts';
import type { Rest } from '../../../client/rest.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { createRealScheduler } from '../../kernel/real-scheduler.ts';
import { pause } from '../../tools/pause.ts';
import { openTerminal } from '../../tools/terminal.ts';
import { localToken } from '../../tools/token.ts';
import { createPeople } from '../people.ts';
import { scenarios } from './index.ts';
import { playScenario, type Stage } from './play.ts';
import type { Scenario } from './scenario.ts';

/** `npm run scenario -- school-threat-response`: plays a scenario on a running SWOE, answers for the people it asks, and tells how it ended. */

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

interface Options {
  readonly endpoint: string;
  readonly api: string;
  readonly patience: string;
}

const named = (names: readonly string[]): Scenario[] => {
  if (names.includes('all')) return [...scenarios];
  return names.map((name) => {
    const found = scenarios.find(({ workflow }) => workflow === name);
    if (!found) throw new Error(`There is no scenario for ${name}. There are: ${scenarios.map(({ workflow }) => workflow).join(', ')}`);
    return found;
  });
};

const clientsOf = (api: string) => {
  const clients = new Map<string, Rest>();
  return (role: Role, who: 'first' | 'second' = 'first'): Rest => {
    const sub = who === 'first' ? `local-${role}` : `local-${role}-2`;
    const rest = clients.get(sub) ?? openRest(api.replace(/\/(api\/orchestration\/?)?$/, ''), localToken(role, { sub }));
    clients.set(sub, rest);
    return rest;
  };
};

const play = async (names: readonly string[], { endpoint, api, patience }: Options): Promise<void> => {
  const scheduler = createRealScheduler();
  const terminal = openTerminal(process.stdout);
  const wait = pause(scheduler);
  const bus = openBus(endpoint, { wait });
  const restAs = clientsOf(api);
  const people = createPeople({ restAs, now: scheduler.now });
  const stage: Stage = { put: bus.put, rest: restAs('viewer'), people, now: scheduler.now, wait };
  const run = new Date(scheduler.now()).toISOString().replace(/\D/g, '');
  try {
    for (const scenario of named(names)) {
      terminal.line(`${scenario.title}, ${scenario.spot.name}`);
      const { status, degraded, missing, executionId } = await playScenario(stage, scenario, { run }, Number(patience) * 1000);
      const whole = status === 'COMPLETED' && !degraded;
      terminal.line(`  ${executionId}: ${status}${degraded ? ', degraded' : ''}`, whole ? 'good' : 'bad');
      for (const { step, error, cause } of missing) terminal.line(`    without ${step}: ${error} ${cause}`, 'bad');
      if (status !== 'COMPLETED') process.exitCode = 1;
    }
  } catch (error) {
    terminal.line((error as Error).message, 'bad');
    process.exitCode = 1;
  } finally {
    terminal.done();
    bus.close();
    scheduler.stop();
  }
};

await new Command('scenario')
  .description('Plays what happens in a city, workflow by workflow, on a running SWOE.')
  .argument('<workflow...>', 'names of workflows, or all')
  .option('--patience <s>', 'how long a response may take', '3600')
  .option('--endpoint <url>', 'where AWS calls go', awsEndpoint(process.env))
  .option('--api <url>', 'where REST is', gatewayUrl(process.env))
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(play)
  .parseAsync();
