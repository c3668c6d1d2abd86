import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { openRest } from '../../client/http.ts';
import type { Simulation, SimulationRequest } from '../../shared/contracts/simulation.ts';
import { workflowNamed, workflows } from '../../workflows/index.ts';
import { Refusal } from '../kernel/refusal.ts';
import { localToken } from '../tools/token.ts';
import { simulateHere } from './here.ts';
import { type Given, requestOf } from './options.ts';
import { inWords } from './words.ts';

interface Options extends Given {
  readonly event?: string;
  readonly without: readonly string[];
  readonly url?: string;
  readonly json: boolean;
}

const more = (value: string, before: readonly string[]): string[] => [...before, value];

const eventIn = async (file: string | undefined): Promise<unknown> => {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Refusal(`--event ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** On a running system, by its own facts and fleet. */
const simulateThere = async (url: string, request: SimulationRequest): Promise<Simulation> =>
  openRest(url, localToken('supervisor')).ask('simulate', { body: request });

const run = async (name: string, options: Options): Promise<void> => {
  const { url, without, json } = options;
  const workflow = workflowNamed(name);
  if (!workflow) throw new Refusal(`There is no workflow ${name}. There are: ${workflows.map((one) => one.name).join(', ')}.`);
  if (url && without.length > 0) throw new Refusal('--without takes facts from the demo city; a running system has the facts it has.');
  const request = requestOf(name, await eventIn(options.event), options);
  const simulation = url ? await simulateThere(url, request) : await simulateHere(workflow, request, Date.now(), without);
  process.stdout.write(`${json ? JSON.stringify(simulation, null, 2) : inWords(simulation)}\n`);
};

await new Command('simulate')
  .description(
    'Says what a workflow would do now: its compiled machine on a virtual clock, under the guardrails in force. Nothing is started.',
  )
  .argument('<workflow>', `one of ${workflows.map(({ name }) => name).join(', ')}`)
  .option('--event <file>', 'a CloudEvents envelope, as POST /events/ingest takes it')
  .option('--incident <id>', 'the incident it belongs to')
  .option('--at <lat,lon>', 'where, for a run that a person starts')
  .option('--fail <step>', 'this step answers that it failed', more, [])
  .option('--slow <step>', 'this step never answers', more, [])
  .option('--refuse <approval>', 'a person says no to this approval, or held step', more, [])
  .option('--silent <approval>', 'nobody answers it', more, [])
  .option('--say <step.field=value>', "what a step's reply says", more, [])
  .option('--cancel <seconds>', 'a person calls the run off after so long')
  .option('--without <fact>', 'nobody stated this kind of fact in the demo city', more, [])
  .option('--url <gateway>', 'asks a running system, such as http://127.0.0.1:8080, instead of the demo city')
  .option('--json', 'as JSON', false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(run)
  .parseAsync()
  .catch((error: Error) => {
    process.stderr.write(`${error instanceof Refusal || error.name === 'RestError' ? error.message : error.stack}\n`);
    process.exitCode = 1;
  });
