import { type OverrideRule, ruleOf } from '../../shared/policy/kinds/overrides.ts';
import { authority, factKind } from '../../shared/policy/kinds.ts';
import { inWords } from '../../shared/policy/may-override.ts';
import type { Output } from './output.ts';

const words = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(' ') || '–';

const COUNTS = { one: 'one that fits is enough', every: 'each counts', latest: 'the newest word', together: 'all as one' } as const;

const withdrawn = ({ withdraw, mostHours }: OverrideRule): string => {
  if (withdraw === 'no') return 'no';
  const only =
    withdraw === 'yes' ? 'yes' : Object.entries(withdraw).map(([name, is]) => `while \`${name}\` is ${is.map(String).join(' or ')}`);
  return [only, ...(mostHours ? [`for ${mostHours} h at most`] : [])].flat().join(', ');
};

const replaced = ({ replace }: OverrideRule): string =>
  Object.entries(replace)
    .map(([name, to]) => `\`${name}\`: ${inWords(to)}`)
    .join(', ') || 'no';

const persons = ({ withdraw, replace, by, inCharge }: OverrideRule): string => {
  if (withdraw === 'no' && Object.keys(replace).length === 0) return '–';
  return inCharge ? `${by.join(', ')}; to withdraw, one of the two is a ${inCharge}` : by.join(', ');
};

const row = (kind: string): string => {
  const [known, rule] = [factKind(kind), ruleOf(kind)];
  if (!known || !rule) throw new Error(`There is no rule for facts of kind ${kind}`);
  const stated = [...new Set([...known.asserts, ...known.derives])];
  const cells = [
    words([kind]),
    words(stated),
    known.about.join(', '),
    COUNTS[known.counts],
    withdrawn(rule),
    replaced(rule),
    persons(rule),
    rule.why,
  ];
  return `| ${cells.join(' | ')} |`;
};

const INTRO = `# Facts

Written by \`npm run compile\` from shared/policy/kinds. Paths are below \`/api/orchestration\`.

A fact is what an authoritative source said in an event, with the time until which it holds: a warrant, an airspace closure, who is on duty. Guardrails, admissions and
questions rest on facts and on no caller's claim. Nobody states one by hand. They are looked at by

    GET /facts?incidentId=…        also kind, subject, standing (live, expired, withdrawn, superseded), limit, cursor
    GET /facts/{id}                who said it, until when, in which events; what stands over it; what may be done to it by hand

Both are written down with their filter (\`audit.read\`). Who may not see who somebody is sees that there is a fact, and not what it says. A fact that has run out is
forgotten soon after; the journal keeps that it was stated (\`fact.recorded\`).

## Two persons

A fact may be wrong, or be so no longer: a warrant was quashed, a sensor heard fireworks. Two persons say so:

    POST /facts/{id}/override   {"action": "withdraw", "until": "for-good", "reason": "quashed at the hearing"}
    POST /facts/{id}/override   {"action": "replace", "value": {"tier": 2}, "until": "2026-12-01T18:00:00Z", "reason": "no weapon was found"}

It is answered 202 with an ask; it is done when another person of the roles below says yes ([who may](access.md)). What the table forbids is refused to the first.
\`until\` is a time, a year ahead at most, or \`for-good\`.

- **Nothing is permitted by hand.** What allows (a court's word, a council's, an attestation) may be taken away and never be given, nor be made to say more. What holds SWOE back may be
  made stricter; where it may be lifted at all it is for hours, by those who answer for what follows. A property test holds each rule against every clause.
- **At once.** An override stands beside its fact and is read with it: the next check of any step, admission or question sees it. Runs under way put their open questions anew, and what was
  said on the old facts is void. An action that has gone out is not called back by it: stop the run.
- **What it covers.** Everything that the same source said of the same subject in the same words, in whichever event: of fifty sensors' shots all that this source says, and no other's.
  Of kinds of which the newest word counts, every word. It holds under every name of an incident, and goes with the event into another.
- **What stands above it.** What the source observed after the two spoke, whenever that arrives; what it observed before stays below. Where a restriction was lifted, whatever arrives later stands above as
  well: a clock may be slow. \`GET /facts/{id}\` then says \`superseded\`, and by which event. So a new warrant is a new event of its source, and so is taking an override back.
- **Who knows.** The journal has it in the same transaction, \`fact.withdrawn\` or \`fact.overridden\`, with both names; the channel \`alerts\` tells it (topic \`system-warning\`); a decision that rests on a
  fact that was replaced names the override; the week's review lists each ([the audit](audit.md)).

What an AI source says may be withdrawn whatever its kind.

| kind | stated by | about | which count | withdrawn | replaced | each of the two is a | why |
|---|---|---|---|---|---|---|---|`;

/** The page of facts: every kind, and what two persons may do to it. */
export const factsPage = (): Output => ({ path: 'docs/facts.md', text: [INTRO, ...Object.keys(authority).map(row), ''].join('\n') });
