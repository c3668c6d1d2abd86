import type { Trigger } from '../../../../shared/contracts/workflow.ts';
import { about, bears, both, does, either, type Item, isAbout, patternTexts, says, startedByType, typesOf, unasked } from './item.ts';
import { givesNames, unlocks } from './streets.ts';

const BELIEFS = /^(speech|opinion|religion|faith|ethnicity|association|affiliation|attendance|dress|clothing|watchlist)$/;
const rests = (trigger: Trigger): boolean => patternTexts(trigger).some((text) => BELIEFS.test(text));
const basis = (...words: string[]) => says(...words);

/** A purpose under which an approval of the incident's own commander is needed. */
const disperses = both(says('disperse'), unasked('incident_commander'));

/** Only a case agent's approved plan starts an operation. */
const fromTip = (trigger: Trigger): boolean => {
  if (trigger.kind === 'MANUAL') return false;
  const sources = 'pattern' in trigger ? [trigger.pattern?.['source'] ?? []].flat() : [];
  return (
    trigger.kind !== 'EVENT' || typesOf(trigger).some((type) => /tip/.test(type)) || sources.length !== 1 || sources[0] !== 'investigations'
  );
};

/** Storms, crowds, threats, networks, operations, gangs and schools. */
export const order: readonly Item[] = [
  {
    response: 'natural-disaster-response',
    item: 'The evacuation order',
    sentence: 'people are told to leave their homes by those whom the law names (FS 252.38)',
    violates: either(says('evacuate', 'evacuation-order'), bears(/evacuat/i)),
  },
  {
    response: 'civil-unrest-response',
    item: 'Dispersal',
    sentence: 'an incident commander gives the command to disperse (FS 870.04)',
    violates: disperses,
  },
  {
    response: 'civil-unrest-response',
    item: 'identifying attendees',
    sentence: 'whoever attends is nobody’s suspect',
    violates: both(
      about('civil-unrest'),
      either(
        says('faces', 'phones', 'lpr-one-plate', 'lpr-history', 'attested-person'),
        both(does('FUSION_CLOUD_SYNC'), says('search')),
        both(does('DRONE_DISPATCH'), ({ node }) => node.with['purpose'] !== 'crowd-overview'),
      ),
    ),
  },
  {
    response: 'terrorist-threat-response',
    item: 'Detention on a watchlist',
    sentence: 'a name on a list is no reason to hold anybody',
    violates: says('watchlist', 'detain'),
    starts: (trigger) => [...typesOf(trigger), ...patternTexts(trigger)].some((text) => /watch-?list/.test(text)),
  },
  {
    response: 'terrorist-threat-response',
    item: 'speech or religion as a basis',
    sentence: 'a threat is what somebody does, has or plans (28 CFR 23.20(b))',
    violates: basis('speech', 'religion', 'faith', 'opinion'),
    starts: rests,
  },
  {
    response: 'cyber-attack-response',
    item: 'Isolating 911, CAD or radio',
    sentence: 'calls for help, and what answers them, are never separated, and any other segment by the CISO alone',
    violates: both(
      does('LOCKDOWN_INITIATE'),
      says('network-segment'),
      either(
        ({ node }) => (node.with['spares'] ?? '911-cad-radio') !== '911-cad-radio',
        ({ node }) => /911|cad|radio|psap/i.test(String(node.with['site'])),
        unasked('ciso'),
      ),
    ),
  },
  {
    response: 'cyber-attack-response',
    item: 'ransom (282.3186)',
    sentence: 'a public body pays no ransom and complies with no demand',
    violates: either(says('ransom', 'pay-ransom', 'negotiate'), bears(/ransom|payment/i)),
  },
  {
    response: 'cyber-attack-response',
    item: 'wiping',
    sentence: 'what was attacked is evidence',
    violates: says('wipe', 'delete', 'reimage'),
  },
  {
    response: 'drug-operation-response',
    item: 'A tip as trigger',
    sentence: 'an operation rests on a case and its agent’s plan',
    starts: (trigger, workflow) => isAbout(workflow, 'drug-operation') && fromTip(trigger),
  },
  {
    response: 'drug-operation-response',
    item: 'imaging a home',
    sentence: 'a home is looked into under a warrant alone (Kyllo v. United States)',
    violates: either(
      says('home', 'interior', 'thermal', 'through-wall'),
      both(
        about('drug-operation'),
        either(
          does('DRONE_DISPATCH'),
          both(does('SENSOR_ACTIVATE'), ({ node }) => node.with['purpose'] !== 'warrant'),
        ),
      ),
    ),
  },
  {
    response: 'drug-operation-response',
    item: 'entry',
    sentence: 'officers enter on a commander’s word, spoken',
    violates: says('entry', 'breach', 'enter'),
  },
  {
    response: 'drug-operation-response',
    item: 'an open-channel feed',
    sentence: 'an operation is told to those who are in it',
    violates: either(
      says('open-channel', 'all-channels'),
      bears(/channel|broadcast/i),
      both(about('drug-operation'), does('EMERGENCY_BROADCAST', 'THREAT_BROADCAST', 'BOLO_ISSUE')),
    ),
  },
  {
    response: 'gang-activity-response',
    item: 'Database entry',
    sentence: 'nobody enters a gang file but by a human author, on two criteria (FS 874.03)',
    violates: either(
      says('database-entry', 'gang-file', 'enter'),
      both(
        about('gang-activity'),
        either(says('add-record'), both(does('FUSION_CLOUD_SYNC'), says('share'))),
        unasked('intelligence_officer', 'supervisor'),
      ),
    ),
  },
  {
    response: 'gang-activity-response',
    item: 'dress or association alone',
    sentence: 'what somebody wears, or whom he knows, starts nothing (28 CFR 23.20(b))',
    violates: basis('dress', 'association', 'clothing'),
    starts: (trigger) => rests(trigger) || typesOf(trigger).some((type) => /association|dress/.test(type)),
  },
  {
    response: 'school-threat-response',
    item: 'Predicting a student',
    sentence: 'a school looks at what was said and done, not at who might',
    violates: either(
      says('student-risk', 'student-prediction'),
      both(startedByType(/school/), does('PREDICTIVE_ALERT')),
      both(about('school-threat'), does('PREDICTIVE_ALERT')),
    ),
  },
  {
    response: 'school-threat-response',
    item: 'unlocking',
    sentence: 'a school is opened by its own official or the incident commander',
    violates: unlocks,
  },
  { response: 'school-threat-response', item: 'juvenile names', sentence: 'no message names a child (FS 985.04)', violates: givesNames },
];
