import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs';

/** The arguments of a step that clauses look at, as workflows/guardrails/schema.cedarschema declares them. */
const JUDGED: ReadonlySet<string> = new Set([
  'about',
  'accessible',
  'approach',
  'area',
  'audience',
  'author',
  'cancelText',
  'caseNumber',
  'change',
  'egress',
  'exercise',
  'feed',
  'force',
  'index',
  'keepMinutes',
  'label',
  'languages',
  'maxMinutes',
  'mode',
  'operation',
  'owner',
  'payload',
  'premiseHazards',
  'purpose',
  'question',
  'recipients',
  'reviewInDays',
  'screen',
  'site',
  'subject',
  'target',
  'to',
  'unarmed',
  'what',
]);

/** What nobody is judged by: names of arguments that would carry a protected trait (Title VI, 42 U.S.C. 2000d, and agency policy). */
const TRAITS: ReadonlySet<string> = new Set([
  'race',
  'colour',
  'color',
  'ethnicity',
  'nationality',
  'national-origin',
  'religion',
  'gender',
  'sex',
  'sexual-orientation',
  'disability',
  'language',
]);

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Cedar has whole numbers only: what is larger than whole counts as the next one. Undefined for what it has no word for. */
const cedar = (value: unknown): CedarValueJson | undefined => {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? Math.ceil(value) : String(value);
  if (Array.isArray(value)) return value.flatMap((one) => (typeof one === 'string' ? [one] : []));
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(
    Object.entries(value)
      .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
      .map(([key, one]) => [key, Math.ceil(one)]),
  );
};

/** Seconds of '90s', '15m', '8h'; undefined for anything else. */
const spanS = (span: unknown): number | undefined => {
  const [, amount, unit = ''] = /^(\d{1,6})([smh])$/.exec(String(span)) ?? [];
  const factor = SECONDS[unit];
  return factor === undefined ? undefined : Number(amount) * factor;
};

/** A step's arguments as clauses see them; `expires` becomes `expiresS`, seconds, and a site's id is in small letters, however a report wrote it. */
export const judged = (given: Readonly<Record<string, unknown>> = {}): Record<string, CedarValueJson> => {
  const seen: Record<string, CedarValueJson> = {};
  for (const [name, value] of Object.entries(given)) {
    const word = JUDGED.has(name) ? cedar(name === 'site' ? String(value).toLowerCase() : value) : undefined;
    if (word !== undefined) seen[name] = word;
  }
  const expires = spanS(given['expires']);
  return expires === undefined ? seen : { ...seen, expiresS: expires };
};

const named = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(named);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...named(inner)]);
};

const hyphened = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-');

/** The protected traits that arguments name, however deep they stand. */
export const traitsIn = (given: Readonly<Record<string, unknown>> = {}): string[] =>
  [
    ...new Set(
      named(given)
        .map(hyphened)
        .filter((name) => TRAITS.has(name)),
    ),
  ].sort();
