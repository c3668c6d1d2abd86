import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { awsEndpoint, gatewayUrl } from '../../client/aws.ts';
import { asJson, inWords, type View } from '../inspect/view.ts';
import { Refusal } from '../kernel/refusal.ts';
import { deadQueue, deadQueues, givenUpIn, moveBack, moveOf } from './given-up.ts';
import { agreedTo, discarded, letterOf, lettersOf, type Outcome, redriven, type Which } from './letters.ts';
import { bodyIn, restOf, sqsOf, type Where } from './options.ts';
import { inList, messagesInWords, outcomes, queuesInWords } from './words.ts';

/** `npm run dead-letters -- list|show|redrive|redrive-all|confirm|discard|queues|queue|redrive-queue`: see docs/dead-letters.md. */

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

interface Saying extends Which {
  readonly reason: string;
  readonly body?: string;
  readonly dryRun?: boolean;
}

const program = new Command('dead-letters')
  .description('Shows what could not be taken in or delivered, and sends it again, on a running SWOE.')
  .option('--api <url>', 'where REST is', gatewayUrl(process.env))
  .option('--endpoint <url>', 'where AWS calls go', awsEndpoint(process.env))
  .option('--aws', 'the queues of the account and region that the environment names', false)
  .option('--stage <name>', 'whose queues', 'dev')
  .option('--json', 'as JSON', false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

const where = (): Where => program.opts<Where>();
const show = (view: View): void => {
  process.stdout.write(`${where().json ? asJson([view]) : inWords([view])}\n`);
};
const tell = (title: string, all: readonly Outcome[]): void => {
  show(outcomes(title, all));
  for (const outcome of all) {
    if (!('trouble' in outcome)) continue;
    process.stderr.write(`${outcome.busId}: ${outcome.trouble}\n`);
    process.exitCode = 1;
  }
};

/** Which letters are meant. */
const choosing = (command: Command): Command =>
  command
    .option('--source <name>', 'of this source')
    .option('--about <text>', 'refused for a reason that holds this')
    .option('--from <time>', 'refused at or after this time (RFC 3339)')
    .option('--to <time>', 'refused before this time');

const because = (command: Command): Command => command.requiredOption('--reason <text>', 'why; it is kept with your name');

const redriveAll = async ({ reason, dryRun, ...which }: Saying): Promise<void> => {
  const rest = restOf(where());
  // What is refused again while this runs is not taken up once more.
  const letters = await lettersOf(rest, { ...which, state: 'open', to: which.to ?? new Date().toISOString() });
  if (dryRun) return show(inList(letters));
  const ids = letters.map(({ busId }) => busId);
  tell('Asked for', await redriven(rest, ids, reason));
};

const redriveQueue = async (name: string): Promise<void> => {
  const sqs = sqsOf(where());
  const queue = await deadQueue(sqs, where().stage, name);
  const home = await moveBack(sqs, queue);
  let move = await moveOf(sqs, queue);
  for (; move?.status === 'RUNNING'; move = await moveOf(sqs, queue)) await pause(500);
  show({ title: queue.name, rows: [{ to: home, ...move }], none: '' });
  if (move?.status !== 'COMPLETED') process.exitCode = 1;
};

choosing(program.command('list'))
  .description('letters, newest first')
  .option('--state <state>', 'open, redriven or discarded', 'open')
  .action(async (which: Which) => show(inList(await lettersOf(restOf(where()), which))));
program
  .command('show <id>')
  .description('one letter, whole, and what became of it')
  .action(async (id: string) => show({ title: id, rows: [await letterOf(restOf(where()), id)], none: '' }));
because(program.command('redrive <id...>'))
  .description('asks for letters to be sent again')
  .option('--body <file>', 'the event as it should have come, in JSON')
  .action(async (ids: string[], { reason, body }: Saying) => {
    if (body !== undefined && ids.length > 1) throw new Refusal('--body mends one letter: name one.');
    tell('Asked for', await redriven(restOf(where()), ids, reason, await bodyIn(body)));
  });
because(choosing(program.command('redrive-all')))
  .description('asks for every open letter that is meant')
  .option('--dry-run', 'only shows which')
  .action(redriveAll);
because(program.command('confirm [id...]'))
  .description('says yes, as the second person, to what was asked for; on the laptop as a watch commander')
  .action(async (ids: string[], { reason }: Saying) => tell('Sent again', await agreedTo(restOf(where(), 'watch_commander'), ids, reason)));
because(program.command('discard <id...>'))
  .description('says that letters are not needed')
  .action(async (ids: string[], { reason }: Saying) => tell('Discarded', await discarded(restOf(where()), ids, reason)));
program
  .command('queues')
  .description('every dead-letter queue, and how much lies in it')
  .action(async () => show(queuesInWords(await deadQueues(sqsOf(where()), where().stage))));
program
  .command('queue <name>')
  .description('what lies in a dead-letter queue, and why')
  .option('--most <n>', 'so many messages', '20')
  .action(async (name: string, { most }: { most: string }) => {
    const sqs = sqsOf(where());
    const queue = await deadQueue(sqs, where().stage, name);
    show(messagesInWords(queue, await givenUpIn(sqs, queue, Number(most))));
  });
program.command('redrive-queue <name>').description('moves all of it back to where it came from').action(redriveQueue);

const inPlainWords = (error: Error): string | undefined => {
  if (error.message === 'fetch failed') return `Nothing answers at ${where().api}: start SWOE, or say with --api where it is.`;
  return error instanceof Refusal || error.name === 'RestError' ? error.message : error.stack;
};

await program.parseAsync().catch((error: Error) => {
  process.stderr.write(`${inPlainWords(error)}\n`);
  process.exitCode = 1;
});
