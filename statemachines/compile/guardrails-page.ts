import { type ParsedClause, parseClause } from '../../shared/policy/clause.ts';
import type { Output } from './output.ts';

/** What a cell of a table may hold. */
const cell = (text: string): string => text.replaceAll('|', '\\|') || '–';

const words = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(' ');

const row = ({ id, type, severity, citation, refusal, facts, actions, always, redacts }: ParsedClause): string => {
  const masks = redacts.length > 0 ? ` Masks ${words(redacts)}.` : '';
  const cells = [
    `[\`${id}\`](../workflows/guardrails/${id}.cedar)`,
    type,
    severity,
    citation,
    `${refusal}${masks}`,
    words(facts),
    actions ? [...actions].sort().join(', ') : 'every action',
    always ? 'yes' : 'where listed',
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
};

/** The table of every guardrail, as people read it. Throws on a text that is no clause. */
export const guardrailsPage = (texts: Readonly<Record<string, string>>): Output => ({
  path: 'docs/guardrails.md',
  text: [
    '# Guardrails',
    '',
    'Written by `npm run compile` from workflows/guardrails. BLOCKING refuses the action, WARNING asks a person, ADVISORY alerts, INFORMATIONAL is recorded.',
    'A clause is judged on facts that SWOE stored, on the step as its workflow is written, on the run and on the incident; never on what a caller claims (which facts there are, and what two persons may say of one: [facts](facts.md)). A fact that is',
    'missing under BLOCKING means no, for that action alone. Alerts to officers and supervisors and notices to EMS are never withheld: they go out masked.',
    '',
    'What a citation says is unconfirmed was not seen in its source. SWOE advises counsel; it does not replace it.',
    '',
    '| id | type | severity | citation | refusal | facts | actions | always |',
    '|---|---|---|---|---|---|---|---|',
    ...Object.entries(texts).map(([file, text]) => row(parseClause(file, text))),
    '',
  ].join('\n'),
});
