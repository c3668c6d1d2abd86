import { exigency, fact } from '../given.ts';
import { approved, by, ofCity, type Pair, situation, under } from './pair.ts';

const bias = under('bias-detection');
const ratio = under('bias-district-ratio');
const weight = under('proportionality');
const notice = under('community-trust');
const graded = (tier: number) => by('cad_system', 'offence-tier', { tier, offence: 'burglary' });
const district = (percent: number) => ofCity('district-ratio', { district: 'north', ratio: percent, threshold: 130 }, 'public_guardian');

/** Bias, proportionality, community trust, dignity, and no score that sends anybody. */
export const ethical: readonly Pair[] = [
  {
    clause: 'bias-detection',
    fine: 'a prediction of places',
    complies: bias('PREDICTIVE_ALERT', { args: { about: 'places' } }),
    wrong: 'a prediction that looks at national origin, however deep it stands',
    breaks: bias('PREDICTIVE_ALERT', { args: { about: 'places', model: { nationalOrigin: 'x' } } }),
  },
  {
    clause: 'bias-detection',
    fine: "a witness's description in a lookout that an officer attested and a supervisor allowed",
    complies: bias('BOLO_ISSUE', { args: { subject: 'attested-person', race: 'white' }, run: approved() }),
    wrong: 'the same for a vehicle',
    breaks: bias('BOLO_ISSUE', { args: { subject: 'vehicle', race: 'white' }, run: approved() }),
  },
  {
    clause: 'bias-district-ratio',
    fine: 'a district at its threshold',
    complies: ratio('PREDICTIVE_ALERT', { facts: [district(130)] }),
    wrong: 'a district above it',
    breaks: ratio('PREDICTIVE_ALERT', { facts: [district(131)] }),
  },
  {
    clause: 'bias-district-ratio',
    fine: 'patrols that answer a call',
    complies: ratio('PATROL_REROUTE', { officers: 2, args: { mode: 'respond', approach: 'staged' }, facts: [district(400)] }),
    wrong: 'a canvass there, with a ratio that cannot be compared',
    breaks: ratio('PATROL_REROUTE', { officers: 2, args: { mode: 'canvass', approach: 'staged' }, facts: [district(1.5)] }),
  },
  {
    clause: 'proportionality',
    fine: 'cameras for an offence of tier 2',
    complies: weight('SENSOR_ACTIVATE', { args: { what: 'cameras' }, facts: [graded(2)] }),
    wrong: 'cameras for an infraction',
    breaks: weight('SENSOR_ACTIVATE', { args: { what: 'cameras' }, facts: [graded(1)] }),
  },
  {
    clause: 'proportionality',
    fine: 'a plate asked for in an ungraded incident of high priority',
    complies: weight('SENSOR_ACTIVATE', { args: { what: 'lpr-one-plate' }, incident: { priority: 'HIGH' } }),
    wrong: 'the same in one of low priority',
    breaks: weight('SENSOR_ACTIVATE', { args: { what: 'lpr-one-plate' }, incident: { priority: 'LOW' } }),
  },
  {
    clause: 'proportionality',
    fine: 'an offence that has been graded up since',
    complies: weight('BOLO_ISSUE', {
      facts: [graded(1), { ...graded(3), eventKey: 'cad_system#2', recordedAt: '2026-03-01T11:59:30.000Z' }, exigency],
    }),
    wrong: 'one that has been graded down since',
    breaks: weight('BOLO_ISSUE', {
      facts: [graded(3), { ...graded(1), eventKey: 'cad_system#2', recordedAt: '2026-03-01T11:59:30.000Z' }],
    }),
  },
  {
    clause: 'community-trust',
    fine: 'a flight of 20 min over a street',
    complies: notice('DRONE_DISPATCH', { args: { maxMinutes: 20 } }),
    wrong: 'a flight of 21',
    breaks: notice('DRONE_DISPATCH', { args: { maxMinutes: 21 } }),
  },
  {
    clause: 'community-trust',
    fine: 'cameras at a shop',
    complies: notice('SENSOR_ACTIVATE', { args: { what: 'cameras' } }),
    wrong: 'cameras at a clinic',
    breaks: notice('SENSOR_ACTIVATE', { args: { what: 'cameras' }, facts: [fact('sensitive-place', { kind: 'clinic' })] }),
  },
  {
    clause: 'dignity',
    fine: 'a picture of a fatal crash to responders',
    complies: situation('DRONE_DISPATCH', { args: { feed: 'responders' }, incident: { type: 'crash.fatal' } }),
    wrong: 'the same to viewers',
    breaks: situation('DRONE_DISPATCH', { args: { feed: 'viewers' }, incident: { type: 'crash.fatal' } }),
  },
  {
    clause: 'dignity',
    fine: 'a flooded street to viewers',
    complies: situation('SENSOR_ACTIVATE', { args: { what: 'cameras', feed: 'viewers' }, incident: { type: 'weather.alert' } }),
    wrong: 'a flooded street with a child in it',
    breaks: situation('SENSOR_ACTIVATE', {
      args: { what: 'cameras', feed: 'viewers' },
      incident: { type: 'weather.alert' },
      facts: [fact('juvenile', { involved: true })],
    }),
  },
  {
    clause: 'no-risk-score-dispatch',
    fine: 'an incident that a dispatcher reports too',
    complies: situation('START_WORKFLOW', { incident: { sources: ['ai_sentinel', 'dispatch'] } }),
    wrong: 'an incident that only AI systems report',
    breaks: situation('START_WORKFLOW', { incident: { sources: ['ai_sentinel', 'predictive_intel'] } }),
  },
  {
    clause: 'no-risk-score-dispatch',
    fine: 'a person who asks for it all the same',
    complies: situation('START_WORKFLOW', { incident: { sources: ['ai_sentinel'] }, requestedBy: 'ada' }),
    wrong: 'nobody who asks',
    breaks: situation('START_WORKFLOW', { incident: { sources: ['ai_sentinel'] } }),
  },
];
