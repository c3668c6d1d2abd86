import { Command } from 'commander';
import { awsEndpoint } from '../../client/aws.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Which } from './export/filter.ts';
import { writeExport } from './export/write.ts';
import { askedOf, type Span, timeOf } from './review/asked.ts';
import { makeReview } from './review/make.ts';
import { reviewInWords } from './review/words.ts';
import { verifyAudit } from './verify.ts';
import { recordOf, type Where } from './where.ts';
import { exportedInWords, verdictInWords } from './words.ts';

/** `npm run audit -- verify|export|review`: see docs/audit.md. */

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

interface Given extends Omit<Where, 'endpoint'> {
  readonly endpoint?: string | true;
}

const program = new Command('audit')
  .description('Proves the journal, hands it over, and reports on it.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

const say = (text: string): void => void process.stdout.write(text);

const whereOf = ({ endpoint, ...given }: Given): Where => ({
  ...given,
  ...(endpoint === undefined ? {} : { endpoint: endpoint === true ? awsEndpoint(process.env) : endpoint }),
});

/** Where the audit is read. */
const reading = (command: Command): Command =>
  command
    .option('--data <dir>', 'a data directory, whose SWOE may be stopped or running', process.env['SWOE_DATA_DIR'] ?? '.swoe')
    .option('--endpoint [url]', 'a running local system, through its AWS endpoint')
    .option('--aws', 'the account and region that the environment names')
    .option('--stage <name>', 'whose table, bucket and key', 'dev')
    .option('--bucket <name>', 'the bucket of checkpoints, where it is another than the stage’s')
    .option('--key-id <arn>', 'the KMS key that signs, where it is another than the stage’s');

/** Which entries are meant. */
const choosing = (command: Command): Command =>
  command
    .option('--from <time>', 'written at or after this time (RFC 3339)')
    .option('--to <time>', 'written before this time')
    .option('--incident <id>', 'about this incident')
    .option('--execution <id>', 'about this execution')
    .option('--actor <name>', 'by this actor, such as person/ann')
    .option('--kind <kind>', 'of this kind');

const verify = async (given: Given & { json?: boolean }): Promise<void> => {
  const verdict = await verifyAudit(await recordOf(whereOf(given)));
  say(given.json ? `${JSON.stringify(verdict, undefined, 1)}\n` : verdictInWords(verdict));
  if (verdict.findings.length > 0) process.exitCode = 1;
};

const exportTo = async (
  dir: string,
  { from, to, incident, execution, actor, kind, csv = false, ...given }: Given & Which & { csv?: boolean },
) => {
  const which = Object.fromEntries(
    Object.entries({ from, to, incident, execution, actor, kind }).filter(([, value]) => value !== undefined),
  );
  for (const time of [from, to]) if (time !== undefined) timeOf(time);
  say(exportedInWords(dir, await writeExport(await recordOf(whereOf(given)), { dir, which, csv, now: Date.now() })));
};

const review = async ({ week, from, to, json, ...given }: Given & Span & { json?: boolean }): Promise<void> => {
  const made = await makeReview(await recordOf(whereOf(given)), askedOf({ week, from, to }, Date.now()));
  say(json ? `${JSON.stringify(made, undefined, 1)}\n` : reviewInWords(made));
  if (made.verdict.findings.length > 0) process.exitCode = 1;
};

reading(program.command('verify'))
  .description('checks signatures, checkpoints and every chain; exit code 1 and the exact place where something is wrong')
  .option('--export <dir>', 'an export, offline')
  .option('--key <file>', 'a public key in PEM that was kept elsewhere, in place of the one that came with the audit')
  .option('--json', 'for programs')
  .action(verify);
choosing(reading(program.command('export <dir>')))
  .description('writes entries as JSON lines, with the checkpoints and the key that prove them, into an empty folder')
  .option('--csv', 'and as a table for spreadsheets')
  .action(exportTo);

reading(program.command('review'))
  .description('reports on a week of the audit, as an auditor signs it with POST /audit/reviews')
  .option('--export <dir>', 'an export, offline')
  .option('--key <file>', 'a public key in PEM that was kept elsewhere, in place of the one that came with the audit')
  .option('--week <week>', 'the week (ISO 8601), such as 2026-W48; the last whole one where none is named')
  .option('--from <time>', 'a span that is no week, from this time on (RFC 3339)')
  .option('--to <time>', 'and before this one; now, where none is named')
  .option('--json', 'for programs')
  .action(review);

await program.parseAsync().catch((error: Error) => {
  process.stderr.write(`${error instanceof Refusal ? error.message : error.stack}\n`);
  process.exitCode = 2;
});
