import { readdir, readFile } from 'node:fs/promises';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import type { Output } from './output.ts';

const GUARDRAILS = 'workflows/guardrails/';

/** Every clause's text by its file's name, sorted. */
export const readClauses = async (root: URL): Promise<Record<string, string>> => {
  const folder = new URL(GUARDRAILS, root);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.cedar')).sort();
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  return Object.fromEntries(files.map((file, at) => [file.replace(/\.cedar$/, ''), texts[at] ?? '']));
};

export const readSchema = (root: URL): Promise<string> => readFile(new URL(`${GUARDRAILS}schema.cedarschema`, root), 'utf8');

const key = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);

const literal = (text: string): string => `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``;

const withheldNever = (): string[] =>
  Object.entries(vocabulary)
    .filter(([, { neverWithheld }]) => neverWithheld !== false)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([action, { neverWithheld }]) => {
      const rule = typeof neverWithheld === 'boolean' ? 'true' : `{ to: [${neverWithheld.to.map((to) => `'${to}'`).join(', ')}] }`;
      return `  ${action}: ${rule},`;
    });

const intrusions = (): string[] =>
  Object.entries(vocabulary)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([action, { intrusion }]) => `  ${action}: ${intrusion},`);

/** The clauses as a module: Lambda, vitest and tsx read the same text, no loader needed, and `shared` imports nothing above it. */
export const embedded = (texts: Readonly<Record<string, string>>): Output => ({
  path: 'shared/policy/embedded.ts',
  text: [
    "import type { ActionType } from '../contracts/vocabulary.ts';",
    '',
    '/** Written by `npm run compile` from workflows/guardrails and workflows/vocabulary; change those. */',
    'export const clauseTexts: Readonly<Record<string, string>> = {',
    ...Object.entries(texts).map(([name, text]) => `  ${key(name)}: ${literal(text)},`),
    '};',
    '',
    '/** Actions that no clause withholds; for `to`, only towards those. */',
    'export const neverWithheld: Readonly<Partial<Record<ActionType, true | { readonly to: readonly string[] }>>> = {',
    ...withheldNever(),
    '};',
    '',
    '/** How far an action looks into lives: 0 at nobody, 1 public places, 2 one person or vehicle, 3 a home, a body or everybody in an area. */',
    'export const intrusion: Readonly<Record<ActionType, 0 | 1 | 2 | 3>> = {',
    ...intrusions(),
    '};',
    '',
  ].join('\n'),
});
