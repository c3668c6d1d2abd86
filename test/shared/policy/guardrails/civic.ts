import { council, exigency, fact, moral, review } from '../given.ts';
import { approved, by, ofCity, type Pair, situation, under } from './pair.ts';

const tech = under('surveillance-technology-authorisation');
const retention = under('data-retention');
const intelligence = under('criminal-intelligence');
const sop = (value: Record<string, string | number>) =>
  fact('sop', { version: '2026-1', timeoutS: 1800, ...value }, { subject: 'workflow/gunfire-response' });
const without = (kind: string, request: Pair['complies']) => ({ ...request, facts: request.facts.filter((one) => one.kind !== kind) });
const later = { eventKey: 'later#1', recordedAt: '2026-03-01T11:59:30.000Z' };
const told = { area: { radiusM: 500.5 }, expires: '4h', owner: 'em_director', cancelText: 'The danger is over.' };
const authority = ofCity('broadcast-authority', { system: 'IPAWS', by: 'county' }, 'emergency_mgmt');
const agreedWith = (request: Pair['complies'], ...agreed: string[]) => ({ ...request, agreed });
const child = fact('juvenile', { involved: true });
const nexus = (basis: string) => by('investigations', 'crime-nexus', { basis, by: 'det-4' });

/** What the city, its watchers, its data rules and its emergency protocol ask for. */
export const civic: readonly Pair[] = [
  {
    clause: 'surveillance-technology-authorisation',
    fine: "the council's word",
    complies: tech('DRONE_DISPATCH', { facts: [council({ resolution: 'R-14' })] }),
    wrong: 'none',
    breaks: tech('DRONE_DISPATCH'),
  },
  {
    clause: 'surveillance-technology-authorisation',
    fine: 'an authorisation that names plate readers',
    complies: tech('SENSOR_ACTIVATE', { args: { what: 'lpr-one-plate' }, facts: [council({ technologies: 'drone camera lpr' })] }),
    wrong: 'one that names cameras',
    breaks: tech('SENSOR_ACTIVATE', { args: { what: 'lpr-one-plate' }, facts: [council({ technologies: 'drone camera' })] }),
  },
  {
    clause: 'surveillance-technology-authorisation',
    fine: "a building's model",
    complies: tech('SENSOR_ACTIVATE', { args: { what: 'site-twin' } }),
    wrong: 'its cameras',
    breaks: tech('SENSOR_ACTIVATE', { args: { what: 'cameras' }, facts: [council({ technologies: 'drone' })] }),
  },
  {
    clause: 'sop-in-force',
    fine: 'the deadline of the procedure in force',
    complies: situation('DRONE_DISPATCH', { facts: [sop({})] }),
    wrong: 'another deadline',
    breaks: situation('DRONE_DISPATCH', { facts: [sop({ timeoutS: 900 })] }),
  },
  {
    clause: 'sop-in-force',
    fine: 'the role that the procedure names',
    complies: situation('PREDICTIVE_ALERT', { facts: [sop({ approver: 'watch_commander' })], run: approved('watch_commander') }),
    wrong: 'another role',
    breaks: situation('PREDICTIVE_ALERT', { facts: [sop({ approver: 'watch_commander' })], run: approved('supervisor') }),
  },
  {
    clause: 'moral-compass',
    fine: 'a verdict that does not object',
    complies: situation('PREDICTIVE_ALERT'),
    wrong: 'no verdict',
    breaks: without('moral-verdict', situation('PREDICTIVE_ALERT')),
  },
  {
    clause: 'moral-compass',
    fine: 'no verdict while danger is imminent',
    complies: without('moral-verdict', situation('DRONE_DISPATCH', { facts: [exigency] })),
    wrong: 'an objection while danger is imminent',
    breaks: situation('DRONE_DISPATCH', { facts: [exigency, { ...moral({ score: 90, objects: true }), ...later }] }),
  },
  {
    clause: 'public-safety-guardian',
    fine: 'no review',
    complies: situation('SENSOR_ACTIVATE'),
    wrong: 'an open review',
    breaks: situation('SENSOR_ACTIVATE', { facts: [{ ...review('open'), ...later }] }),
  },
  {
    clause: 'language-access',
    fine: 'three languages, accessible',
    complies: situation('EMERGENCY_BROADCAST', { args: { ...told, languages: ['ht', 'en', 'es'], accessible: true }, facts: [authority] }),
    wrong: 'one language',
    breaks: situation('EMERGENCY_BROADCAST', { args: { ...told, languages: ['en'], accessible: true }, facts: [authority] }),
  },
  {
    clause: 'language-access',
    fine: 'an accessible broadcast',
    complies: situation('EMERGENCY_BROADCAST', { args: { languages: ['en', 'es', 'ht'], accessible: true } }),
    wrong: 'one that the deaf or blind would miss',
    breaks: situation('EMERGENCY_BROADCAST', { args: { languages: ['en', 'es', 'ht'] } }),
  },
  {
    clause: 'advice-only',
    fine: 'advice that says so',
    complies: situation('TACTICAL_ANALYSIS', { args: { question: 'approach', label: 'advice', expires: '5m' } }),
    wrong: 'an order',
    breaks: situation('TACTICAL_ANALYSIS', { args: { question: 'approach', label: 'order' } }),
  },
  {
    clause: 'advice-only',
    fine: 'advice for five minutes',
    complies: situation('TACTICAL_ANALYSIS', { args: { label: 'advice', expires: '5m' } }),
    wrong: 'advice for an hour',
    breaks: situation('TACTICAL_ANALYSIS', { args: { label: 'advice', expires: '1h' } }),
  },
  {
    clause: 'juvenile-and-victim-privacy',
    fine: 'a search of an index about a child',
    complies: agreedWith(situation('FUSION_CLOUD_SYNC', { args: { index: 'ncic', purpose: 'search' }, facts: [child] }), 'ncic'),
    wrong: 'a child told to a partner',
    breaks: situation('FUSION_CLOUD_SYNC', { args: { index: 'dea', purpose: 'share' }, facts: [child] }),
  },
  {
    clause: 'juvenile-and-victim-privacy',
    fine: 'a missing child entered in the national index',
    complies: agreedWith(situation('FUSION_CLOUD_SYNC', { args: { index: 'ncic', purpose: 'share' }, facts: [child] }), 'ncic'),
    wrong: 'a child told to partners where nobody is in danger',
    breaks: situation('FUSION_CLOUD_SYNC', { args: { index: 'dea', purpose: 'share' }, facts: [child] }),
  },
  {
    clause: 'juvenile-and-victim-privacy',
    fine: 'a DV centre told of a DV call',
    complies: situation('NOTIFICATION_SEND', { args: { to: 'dv-centre' }, incident: { type: 'call.domestic-violence' } }),
    wrong: 'a zone told of it',
    breaks: situation('NOTIFICATION_SEND', { args: { to: 'zones' }, incident: { type: 'call.domestic-violence' } }),
  },
  {
    clause: 'juvenile-and-victim-privacy',
    fine: 'a lookout for a child in danger',
    complies: situation('BOLO_ISSUE', { args: { subject: 'attested-person' }, facts: [child, exigency] }),
    wrong: 'a lookout for a child in none',
    breaks: situation('BOLO_ISSUE', { args: { subject: 'attested-person' }, facts: [child] }),
  },
  {
    clause: 'data-retention',
    fine: 'one plate, for a case, kept for a day',
    complies: retention('SENSOR_ACTIVATE', {
      args: { what: 'lpr-one-plate', purpose: 'wanted-vehicle', keepMinutes: 1440, caseNumber: 'C-1' },
    }),
    wrong: 'one plate, for no case',
    breaks: retention('SENSOR_ACTIVATE', { args: { what: 'lpr-one-plate', purpose: 'wanted-vehicle', keepMinutes: 60 } }),
  },
  {
    clause: 'data-retention',
    fine: 'a prediction for 14 days',
    complies: retention('PREDICTIVE_ALERT', { args: { expires: '336h' } }),
    wrong: 'a prediction for longer',
    breaks: retention('PREDICTIVE_ALERT', { args: { expires: '337h' } }),
  },
  {
    clause: 'criminal-intelligence',
    fine: 'two documented criteria',
    complies: intelligence('INVESTIGATION_UPDATE', {
      args: { change: 'add-record' },
      facts: [by('investigations', 'gang-nexus', { criteria: 2, by: 'det-9' })],
    }),
    wrong: 'one',
    breaks: intelligence('INVESTIGATION_UPDATE', {
      args: { change: 'add-record' },
      facts: [by('investigations', 'gang-nexus', { criteria: 1, by: 'det-9' })],
    }),
  },
  {
    clause: 'criminal-intelligence',
    fine: 'a case on conduct',
    complies: intelligence('CASE_GENERATION', { args: { author: 'detective', reviewInDays: 90 }, facts: [nexus('plan')] }),
    wrong: 'a case on dress',
    breaks: intelligence('CASE_GENERATION', { args: { author: 'detective', reviewInDays: 90 }, facts: [nexus('dress')] }),
  },
  {
    clause: 'sharing-agreement',
    fine: 'agreements with both recipients',
    complies: agreedWith(situation('THREAT_BROADCAST', { args: { ...told, recipients: ['state', 'fbi'] } }), 'fbi', 'state'),
    wrong: 'an agreement with one of them',
    breaks: agreedWith(situation('THREAT_BROADCAST', { args: { ...told, recipients: ['state', 'fbi'] } }), 'fbi'),
  },
  {
    clause: 'sharing-agreement',
    fine: 'an index asked with which it is agreed',
    complies: agreedWith(situation('FUSION_CLOUD_SYNC', { args: { index: 'ncic', purpose: 'search' } }), 'ncic'),
    wrong: 'one asked that agreed to nothing',
    breaks: agreedWith(situation('FUSION_CLOUD_SYNC', { args: { index: 'nlets', purpose: 'search' } }), 'ncic'),
  },
  {
    clause: 'sharing-agreement',
    fine: 'the FBI told in the face of danger',
    complies: situation('NOTIFICATION_SEND', { args: { to: 'fbi', purpose: 'inform' }, facts: [exigency] }),
    wrong: 'the FBI told without one',
    breaks: situation('NOTIFICATION_SEND', { args: { to: 'fbi', purpose: 'inform' } }),
  },
  {
    clause: 'sharing-agreement',
    fine: 'an attack on a network reported, as the statute demands',
    complies: situation('NOTIFICATION_SEND', { args: { to: 'state', purpose: 'report' }, basis: 'FS 282.3185(5)' }),
    wrong: 'one told of for no reason of law',
    breaks: situation('NOTIFICATION_SEND', { args: { to: 'dhs', purpose: 'inform' } }),
  },
  {
    clause: 'sharing-agreement',
    fine: 'an alert called off',
    complies: situation('NOTIFICATION_SEND', { args: { to: 'state', purpose: 'cancel' } }),
    wrong: 'one asked for',
    breaks: situation('NOTIFICATION_SEND', { args: { to: 'state', purpose: 'request' } }),
  },
  {
    clause: 'sharing-agreement',
    fine: 'damage told of',
    complies: situation('FUSION_CLOUD_SYNC', { args: { index: 'damage', purpose: 'share' } }),
    wrong: 'people told of',
    breaks: situation('FUSION_CLOUD_SYNC', { args: { index: 'state', purpose: 'share' } }),
  },
  {
    clause: 'sharing-agreement',
    fine: 'a missing person entered, as the statute demands',
    complies: situation('FUSION_CLOUD_SYNC', { args: { index: 'state', purpose: 'share' }, basis: 'Fla. Stat. 937.021(4)(a)' }),
    wrong: 'somebody entered for no reason of law',
    breaks: situation('FUSION_CLOUD_SYNC', { args: { index: 'state', purpose: 'share' } }),
  },
  {
    clause: 'broadcast-authority',
    fine: 'an authority, an area, an end and a way back',
    complies: situation('EMERGENCY_BROADCAST', { args: told, facts: [authority] }),
    wrong: 'no authority',
    breaks: situation('EMERGENCY_BROADCAST', { args: told }),
  },
  {
    clause: 'broadcast-authority',
    fine: 'a lookout with the words that end it',
    complies: situation('BOLO_ISSUE', { args: { ...told, subject: 'vehicle' } }),
    wrong: 'a lookout without',
    breaks: situation('BOLO_ISSUE', { args: { ...told, cancelText: undefined, subject: 'vehicle' } }),
  },
  ...['911-voice', 'PSAP-2', 'county-CAD', 'Radio-core', 'dispatch-floor'].map((site) => ({
    clause: 'no-emergency-network-isolation',
    fine: 'a payroll segment',
    complies: situation('LOCKDOWN_INITIATE', { args: { target: 'network-segment', site: 'PAYROLL-3', egress: 'open' } }),
    wrong: `the segment ${site}`,
    breaks: situation('LOCKDOWN_INITIATE', { args: { target: 'network-segment', site, egress: 'open' } }),
  })),
  {
    clause: 'no-lockdown-on-hearsay',
    fine: 'a neighbour and a button of ours',
    complies: situation('LOCKDOWN_INITIATE', { args: { egress: 'open' }, incident: { sources: ['partner_agency', 'sensor_grid'] } }),
    wrong: "a neighbour's word and a score",
    breaks: situation('LOCKDOWN_INITIATE', { args: { egress: 'open' }, incident: { sources: ['partner_agency', 'ai_sentinel'] } }),
  },
  {
    clause: 'no-lockdown-on-hearsay',
    fine: 'a panic button',
    complies: situation('LOCKDOWN_INITIATE', { args: { egress: 'open' }, incident: { type: 'panic.school', sources: ['sensor_grid'] } }),
    wrong: "a neighbour's word",
    breaks: situation('LOCKDOWN_INITIATE', { args: { egress: 'open' }, incident: { sources: ['partner_agency'] } }),
  },
  {
    clause: 'no-lockdown-on-hearsay',
    fine: 'a condition, and a yes in this run',
    complies: situation('EMERGENCY_BROADCAST', { run: approved('incident_commander', { startedBy: 'CONDITION' }) }),
    wrong: 'a condition alone',
    breaks: situation('EMERGENCY_BROADCAST', { run: { version: 1, timeoutS: 1800, startedBy: 'CONDITION', approvals: [] } }),
  },
  {
    clause: 'no-lockdown-on-hearsay',
    fine: 'a run that is known',
    complies: situation('LOCKDOWN_INITIATE', { args: { egress: 'open' } }),
    wrong: 'a run of which nothing is known',
    breaks: situation('LOCKDOWN_INITIATE', { args: { egress: 'open' }, run: undefined }),
  },
  {
    clause: 'life-safety-review',
    fine: 'a step that asked first',
    complies: situation('LOCKDOWN_INITIATE'),
    wrong: 'a declared override',
    breaks: under('life-safety-review')('LOCKDOWN_INITIATE'),
  },
];
