import { readdir, readFile } from 'node:fs/promises';
import { policyToJson } from '@cedar-policy/cedar-wasm/nodejs';
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

export const key = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);

export const literal = (text: string): string => `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``;

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

const rule = (name: string, text: string): string => {
  const answer = policyToJson(text);
  if (answer.type === 'failure') throw new Error(`Guardrail ${name} does not parse; check the clauses before they are embedded`);
  return `  ${key(name)}: ${literal(JSON.stringify(answer.json))},`;
};

/** The clauses as Cedar reads them: a cold start that parsed them all would take a second. */
export const embeddedRules = (texts: Readonly<Record<string, string>>): Output => ({
  path: 'shared/policy/embedded-rules.ts',
  text: [
    "/** Written by `npm run compile` from workflows/guardrails: each clause of embedded.ts in Cedar's JSON. */",
    'export const clauseRules: Readonly<Record<string, string>> = {',
    ...Object.entries(texts).map(([name, text]) => rule(name, text)),
    '};',
    '',
  ].join('\n'),
});
