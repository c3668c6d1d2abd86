import { readdir, readFile } from 'node:fs/promises';
import { policyToJson } from '@cedar-policy/cedar-wasm/nodejs';
import { key, literal } from './embed.ts';
import type { Output } from './output.ts';

const ACCESS = 'shared/policy/access/';

/** Every rule of access by its file's name, sorted. */
export const readAccess = async (root: URL): Promise<Record<string, string>> => {
  const folder = new URL(ACCESS, root);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.cedar')).sort();
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  return Object.fromEntries(files.map((file, at) => [file.replace(/\.cedar$/, ''), texts[at] ?? '']));
};

const rule = (name: string, text: string): string => {
  const answer = policyToJson(text);
  if (answer.type === 'failure')
    throw new Error(`${ACCESS}${name}.cedar does not parse: ${answer.errors.map(({ message }) => message).join('; ')}`);
  const { id, why } = answer.json.annotations ?? {};
  if (id !== name || !why) throw new Error(`${ACCESS}${name}.cedar: its @id must be its file's name, and @why must say it in words`);
  return `  ${key(name)}: ${literal(JSON.stringify(answer.json))},`;
};

/** The rules of access as Cedar reads them, so that a cold start parses nothing. */
export const embeddedAccess = (texts: Readonly<Record<string, string>>): Output => ({
  path: `${ACCESS}embedded.ts`,
  text: [
    "/** Written by `npm run compile` from the .cedar files beside it: each in Cedar's JSON. */",
    'export const accessRules: Readonly<Record<string, string>> = {',
    ...Object.entries(texts).map(([name, text]) => rule(name, text)),
    '};',
    '',
  ].join('\n'),
});
