import type { PartnerAnswer } from '../../../../shared/contracts/partner.ts';
import { about, type Beat, done, letter, type Performer, say, text } from '../../plan.ts';
import { answered, recordOf } from './records.ts';

type Says = Omit<PartnerAnswer, 'system'>;

const LATER_MIN = 45;

/** What NCIC or the state's index says to a search: a hit is a hit, and no more. */
const found: (request: Parameters<Performer>[0]) => Says = ({ entities }) => {
  const record = recordOf(entities);
  return record ? { says: 'hit', record: answered(record, entities) } : { says: 'no-hit' };
};

const CON = { yes: 'Y', no: 'N', later: 'E' } as const;
const SAYS = { yes: 'confirmed', no: 'not-confirmed', later: 'confirm-within' } as const;

/** The agency that entered the record is asked over Nlets (YQ), and answers on its own (YR) before the index's answer is complete. */
const confirmed: Performer = (request, { random }) => {
  const { entities, incidentId } = request;
  const record = recordOf(entities);
  const by = 'index-desk';
  const system = text(request, 'index');
  if (!record) return [done(about(700, random), { by, result: { answer: { system, says: 'no-hit' } } })];
  const { number, ori, confirms, file } = record;
  const at = about(1500, random);
  const RTY = file === 'vehicle' ? 'SV' : file === 'wanted' ? 'WP' : 'MP';
  const response = {
    key: 'YR',
    ORI: ori,
    RTY,
    incident: incidentId,
    NIC: number,
    CON: CON[confirms],
    ...(confirms === 'later' ? { HRS: '1' } : {}),
  };
  const says = { says: SAYS[confirms], ...(confirms === 'later' ? { minutes: LATER_MIN } : {}), record: answered(record, entities) };
  return [
    say(200, { stage: 'DELIVERED', by }),
    letter(Math.round(at / 3), 'record.answered', (time) => ({ ...response, time })),
    done(at, { stage: 'ACCEPTED', by: ori, result: { answer: { system, ...says } } }),
  ];
};

/** Asked for a registration, the vehicle's state answers whose number is on it; no owner is named here. */
const registration: Performer = (request, { random }) => {
  const asked = request.entities.filter(({ kind }) => kind === 'plate');
  const record = { number: 'REGISTRATION', ori: 'FLLIC0000', identifiers: asked };
  const says = asked.length > 0 ? { says: 'hit', record } : { says: 'no-hit' };
  return [done(about(900, random), { by: 'FLLIC0000', result: { answer: { system: 'nlets', ...says } } })];
};

const entered: Performer = (_request, { random }) => [done(about(900, random), { by: 'index-desk', result: {} })];

/** No other operation stands in the way. */
const deconflicted: Performer = (_request, { random }) => [
  done(about(700, random), { by: 'deconfliction-desk', result: { deconflicted: true } }),
];

const searched: Performer = (request, { random }): Beat[] => [
  done(about(700, random), { by: 'index-desk', result: { answer: { system: text(request, 'index'), ...found(request) } } }),
];

/** The index that is asked or told, each in its own way. */
export const index: Performer = (request, view) => {
  const [which, purpose] = [text(request, 'index'), text(request, 'purpose')];
  if (which === 'dea') return deconflicted(request, view);
  if (which === 'damage' || purpose === 'share') return entered(request, view);
  if (which === 'nlets') return registration(request, view);
  return (purpose === 'confirm' ? confirmed : searched)(request, view);
};
