import { envelope } from '../../../../client/envelope.ts';
import { about, type Beat, done, letter, type Performer, say, text } from '../../plan.ts';

/** Watch desks of state and federal agencies: how long each takes (ms), and how often it answers with something that it knows. */
const DESKS: Readonly<Record<string, { readonly desk: string; readonly ms: number; readonly knows: number }>> = {
  fbi: { desk: 'jttf-watch', ms: 2500, knows: 0.5 },
  dea: { desk: 'deconfliction-desk', ms: 1800, knows: 0 },
  dhs: { desk: 'dhs-watch', ms: 3000, knows: 0.25 },
  state: { desk: 'fdle-watch', ms: 1500, knows: 0.25 },
};

/** What they know comes on its own, as a report that is looked into: it names nobody, and starts nothing. */
const intelligence = (actionId: string, from: string, afterMs: number): Beat =>
  letter(afterMs, 'threat.reported', (time) =>
    envelope({
      id: `intelligence/${from}/${actionId}`,
      source: from,
      type: 'threat.reported',
      at: Date.parse(time),
      data: { category: 'THREAT', priority: 'LOW', specific: false, credible: false, summary: `${from}: no further plan is known there` },
    }),
  );

/** A notice to one of them is delivered, read and acknowledged by its watch; undefined for anybody else. */
export const agencyNotice: (...asked: Parameters<Performer>) => Beat[] | undefined = (request, { random }) => {
  const to = text(request, 'to') ?? '';
  const desk = Object.hasOwn(DESKS, to) ? DESKS[to] : undefined;
  if (!desk) return undefined;
  const at = about(desk.ms, random);
  const by = desk.desk;
  const beats = [
    say(200, { stage: 'DELIVERED', by }),
    say(Math.round(at / 2), { stage: 'READ', by }),
    done(at, { stage: 'ACCEPTED', by, result: {} }),
  ];
  return random() < desk.knows && text(request, 'topic') === 'terrorist-threat'
    ? [...beats, intelligence(request.actionId, to, at + 1000)]
    : beats;
};
