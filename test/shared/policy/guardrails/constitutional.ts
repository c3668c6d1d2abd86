import { exigency, fact, warrant } from '../given.ts';
import { approved, by, type Pair, under } from './pair.ts';

const drone = under('fourth-amendment-drone-surveillance');
const tracking = under('fourth-amendment-tracking');
const speech = under('first-amendment');
const process = under('due-process');
const nexus = (basis: string) => by('investigations', 'crime-nexus', { basis, by: 'det-4' });
const bolo = { owner: 'supervisor', expires: '24h', cancelText: 'The lookout is over.' };

/** The First and Fourth Amendments and due process. */
export const constitutional: readonly Pair[] = [
  {
    clause: 'fourth-amendment-drone-surveillance',
    fine: 'an attested exigency',
    complies: drone('DRONE_DISPATCH', { facts: [exigency] }),
    wrong: 'no fact at all',
    breaks: drone('DRONE_DISPATCH'),
  },
  {
    clause: 'fourth-amendment-drone-surveillance',
    fine: 'a live warrant for aerial imaging',
    complies: drone('DRONE_DISPATCH', { facts: [warrant({ scope: 'aerial imaging', served: false })] }),
    wrong: 'a warrant that was served',
    breaks: drone('DRONE_DISPATCH', { facts: [warrant({ scope: 'aerial imaging', served: true })] }),
  },
  {
    clause: 'fourth-amendment-drone-surveillance',
    fine: 'a public crash scene, under paragraph (f)',
    complies: drone('DRONE_DISPATCH', { basis: 'FS 934.50(4)(f)', args: { purpose: 'crash-mapping' } }),
    wrong: 'a search under paragraph (f)',
    breaks: drone('DRONE_DISPATCH', { basis: 'FS 934.50(4)(f)', args: { purpose: 'search' } }),
  },
  {
    clause: 'fourth-amendment-drone-surveillance',
    fine: 'a warrant whose scope is aerial',
    complies: drone('DRONE_DISPATCH', { facts: [warrant()] }),
    wrong: 'a warrant for phone records',
    breaks: drone('DRONE_DISPATCH', { facts: [warrant({ scope: 'the phone records' })] }),
  },
  {
    clause: 'fourth-amendment-tracking',
    fine: 'plate history under a warrant for tracking',
    complies: tracking('SENSOR_ACTIVATE', { args: { what: 'lpr-history' }, facts: [warrant({ scope: 'tracking of one vehicle' })] }),
    wrong: 'plate history under a warrant for a camera',
    breaks: tracking('SENSOR_ACTIVATE', { args: { what: 'lpr-history' }, facts: [warrant({ scope: 'a camera at the door' })] }),
  },
  {
    clause: 'fourth-amendment-tracking',
    fine: 'cameras kept for 4 h',
    complies: tracking('SENSOR_ACTIVATE', { args: { what: 'cameras', keepMinutes: 240 } }),
    wrong: 'cameras kept for longer',
    breaks: tracking('SENSOR_ACTIVATE', { args: { what: 'cameras', keepMinutes: 241 } }),
  },
  {
    clause: 'fourth-amendment-tracking',
    fine: 'a flight of two hours in the search for a missing person',
    complies: tracking('DRONE_DISPATCH', {
      args: { maxMinutes: 120 },
      facts: [by('cad_system', 'exigency', { basis: 'search for a missing person', by: 'cad_system' })],
    }),
    wrong: 'a flight of two hours for no stated reason',
    breaks: tracking('DRONE_DISPATCH', { args: { maxMinutes: 120 } }),
  },
  {
    clause: 'first-amendment',
    fine: 'violence that was observed in a crowd',
    complies: speech('DRONE_DISPATCH', { facts: [fact('violence-observed', { what: 'windows broken', by: 'unit 12' })] }),
    wrong: 'a crowd',
    breaks: speech('DRONE_DISPATCH'),
  },
  {
    clause: 'first-amendment',
    fine: 'a nexus in conduct',
    complies: speech('CASE_GENERATION', { facts: [nexus('weapon')] }),
    wrong: 'a nexus in religion',
    breaks: speech('CASE_GENERATION', { facts: [nexus('religion')] }),
  },
  {
    clause: 'first-amendment',
    fine: 'a report of violence',
    complies: speech('START_WORKFLOW', { incident: { type: 'unrest.violence' } }),
    wrong: 'a report of a protest',
    breaks: speech('START_WORKFLOW', { incident: { type: 'protest.gathered' } }),
  },
  {
    clause: 'first-amendment',
    fine: 'an order to disperse after violence was observed',
    complies: speech('NOTIFICATION_SEND', {
      args: { to: 'zones', purpose: 'disperse' },
      facts: [fact('violence-observed', { what: 'fires', by: 'unit 12' })],
    }),
    wrong: 'an order to disperse whoever attends',
    breaks: speech('NOTIFICATION_SEND', { args: { to: 'zones', purpose: 'disperse' } }),
  },
  {
    clause: 'due-process',
    fine: 'a case file with an author and a review',
    complies: process('CASE_GENERATION', { args: { author: 'detective', reviewInDays: 90 } }),
    wrong: 'a case file that nobody reviews in time',
    breaks: process('CASE_GENERATION', { args: { author: 'detective', reviewInDays: 91 } }),
  },
  {
    clause: 'due-process',
    fine: 'a case file that an officer writes',
    complies: process('CASE_GENERATION', { args: { author: 'officer', reviewInDays: 30 } }),
    wrong: 'a case file without an author',
    breaks: process('CASE_GENERATION', { args: { reviewInDays: 30 } }),
  },
  {
    clause: 'due-process',
    fine: 'a lookout for a person to which a supervisor said yes',
    complies: process('BOLO_ISSUE', { args: { ...bolo, subject: 'attested-person' }, run: approved() }),
    wrong: 'a lookout for a person to which nobody said yes',
    breaks: process('BOLO_ISSUE', { args: { ...bolo, subject: 'attested-person' } }),
  },
  {
    clause: 'due-process',
    fine: 'a lookout for a vehicle that ends',
    complies: process('BOLO_ISSUE', { args: { ...bolo, subject: 'vehicle' } }),
    wrong: 'a lookout for a vehicle without an end',
    breaks: process('BOLO_ISSUE', { args: { owner: 'supervisor', subject: 'vehicle' } }),
  },
];
