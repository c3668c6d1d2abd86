// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, it } from 'vitest';
import { parseClause } from '../../../shared/policy/clause.ts';
import { clauseTexts } from '../../../shared/policy/embedded.ts';
import { index } from '../../../statemachines/compile/pages/index.ts';
import { page } from '../../../statemachines/compile/pages/page.ts';
import { given, said } from '../../../workflows/language/condition.ts';
import { chain, schedule } from '../../../workflows/language/event.ts';
import { code, place } from '../../../workflows/language/input.ts';
import { anApproval, aStep, aWorkflow } from './samples.ts';

const clauses = Object.entries(clauseTexts).map(([id, text]) => parseClause(id, text));
const drone = { ...aWorkflow([]), name: 'gunfire-response' };
const workflow = {
  ...drone,
  on: [schedule('cron(0 8 1 * ? *)', 'each month'), chain('other', { status: ['COMPLETED'] }, 'what comes after')],
  inputs: { location: place(), kind: code('data.kind', ['a', 'b'], { required: true }) },
  supersedes: ['other'],
  guardrails: ['florida-drone-statute'],
  steps: [
    ...drone.steps.slice(0, 1),
    {
      kind: 'repeat' as const,
      name: 'poll',
      every: 900,
      times: 4,
      until: said('THREAT_ASSESSMENT', 'assess', 'weapon', true),
      steps: [aStep('assess', { action: 'THREAT_ASSESSMENT', guardrails: ['life-safety-review'] })],
    },
    anApproval({
      second: 'chief',
      onSilence: 'escalate',
      escalateTo: ['watch_commander'],
      otherwise: [aStep('instead', { when: given('kind', 'a|b') })],
    }),
    aStep('send', { action: 'PATROL_REROUTE', needs: { OFFICER: 2 }, undo: 'human' }),
  ],
};
const text = page(workflow, clauses);

it.each([
  ['what starts it', '- SCHEDULE `cron(0 8 1 * ? *)` (America/New_York): each month'],
  ['what it comes after', '- CHAIN after [other](other.md): what comes after'],
  ['what it takes over', 'It takes over the units and approvals of [other](other.md)'],
  ['its inputs', '| `kind` | a, b | yes | `data.kind` |'],
  [
    'whom it asks, who else, and what silence leads to',
    '| `ask` | May we? | supervisor and, another person, chief | 60 s | asks watch_commander, then means no | `allowed` | `instead` | – |',
  ],
  ['what goes round', '| `poll` | `assess` | 15 min | 4 | `said.assess.weapon = true` | – |'],
  ['a condition, its stroke escaped', '`inputs.kind = "a\\|b"`'],
  ['a yes that a step needs', '| a yes to `ask` |'],
  ['units', '2 OFFICER'],
  ['who is asked about held help', '- supervisor 30 s, then watch_commander 30 s, then chief 5 min: `send`'],
  ['its longest way', '- Where nobody answers, and nothing is held, its longest way takes'],
  ['a guardrail of the whole response', '| LEGAL_GUARDRAIL | BLOCKING | the whole response | Fla. Stat. 934.50'],
  ['a guardrail of a step', '| INFORMATIONAL | `assess` | '],
  ['what is never automatic', '- predicting a person: a prediction speaks of places and vehicles, never of a person.'],
  ['its picture', 'flowchart TD'],
])('a page says %s', (_what, line) => {
  expect(text).toContain(line);
});

it('the same workflow gives the same page, and every table its columns', () => {
  expect(page(structuredClone(workflow), clauses)).toBe(text);
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  const columns = (line: string): number => line.replaceAll('\\|', '').split('|').length;
  for (const [at, line] of rows.entries()) if (/^\|(---\|)+$/.test(line)) expect(columns(rows[at - 1] ?? '')).toBe(columns(line));
  expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true);
});

it('the table of responses links each page', () => {
  expect(index([workflow])).toContain(
    '| [Sample](gunfire-response.md) | HIGH | 1 | SCHEDULE, CHAIN | 5 | supervisor, chief | 1 h | other |',
  );
});
