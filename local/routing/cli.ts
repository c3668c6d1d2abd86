import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { Refusal } from '../kernel/refusal.ts';
import { toldOf } from './told.ts';

const read = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};

await new Command('routing')
  .description('Says which pipelines an event goes to by the rules of the bus, and why it goes to no other. Nothing is put on the bus.')
  .argument('<file>', 'an event of the bus, or an envelope as POST /events/ingest takes it')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(async (file: string) => {
    process.stdout.write(`${toldOf(await read(file))}\n`);
  })
  .parseAsync()
  .catch((error: Error) => {
    process.stderr.write(`${error instanceof Refusal ? error.message : error.stack}\n`);
    process.exitCode = 1;
  });
