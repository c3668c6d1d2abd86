import { exigency, fact, warrant } from '../given.ts';
import { approved, by, type Pair, under } from './pair.ts';

const force = under('use-of-force');
const evidence = under('evidence-handling');
const search = under('warrant-requirements');
const health = under('hipaa');
const amber = under('amber-criteria');
const hit = under('verified-hit');
const custody = (hold: boolean) => by('investigations', 'evidence-custody', { hash: 'ab12', custodian: 'prop-room', hold });
const criteria = (basis = 'taken by a stranger') => [
  by('investigations', 'amber-child', { by: 'det-2' }),
  by('investigations', 'amber-abduction', { by: 'det-2', basis }),
  by('investigations', 'amber-danger', { by: 'det-2' }),
  by('investigations', 'amber-description', { by: 'det-2' }),
  by('investigations', 'amber-recommendation', { by: 'chief' }),
];
const confirmed = (status: string) => by('fusion_cloud', 'vehicle-confirmation', { status, by: 'ORI-1' });
const compared = fact('plate-verified', { by: 'disp-3', plate: 'ABC123', state: 'FL', vehicle: 'grey sedan' });

/** Force, evidence, warrants, health data, AMBER and plates. */
export const legal: readonly Pair[] = [
  {
    clause: 'use-of-force',
    fine: 'an unarmed robot',
    complies: force('ROBOT_DISPATCH', { args: { purpose: 'look', unarmed: true } }),
    wrong: 'a robot that is not said to be unarmed',
    breaks: force('ROBOT_DISPATCH', { args: { purpose: 'look' } }),
  },
  {
    clause: 'use-of-force',
    fine: 'spikes after a supervisor said yes',
    complies: force('RESOURCE_ALLOCATE', { args: { purpose: 'spikes' }, run: approved('supervisor') }),
    wrong: 'spikes that nobody agreed to',
    breaks: force('RESOURCE_ALLOCATE', { args: { purpose: 'spikes' } }),
  },
  {
    clause: 'use-of-force',
    fine: 'a lockdown that lets people out',
    complies: force('LOCKDOWN_INITIATE', { args: { target: 'school', egress: 'open' } }),
    wrong: 'a lockdown that bars the way out',
    breaks: force('LOCKDOWN_INITIATE', { args: { target: 'school', egress: 'closed' } }),
  },
  {
    clause: 'use-of-force',
    fine: 'a drone that carries nothing',
    complies: force('DRONE_DISPATCH', { args: { purpose: 'search' } }),
    wrong: 'a drone with a payload',
    breaks: force('DRONE_DISPATCH', { args: { purpose: 'search', payload: 'gas' } }),
  },
  {
    clause: 'evidence-handling',
    fine: 'to preserve, without any fact',
    complies: evidence('EVIDENCE_COLLECTION', { args: { operation: 'preserve' } }),
    wrong: 'to share without custody',
    breaks: evidence('EVIDENCE_COLLECTION', { args: { operation: 'share' } }),
  },
  {
    clause: 'evidence-handling',
    fine: 'to share what has hash and custodian',
    complies: evidence('EVIDENCE_COLLECTION', { args: { operation: 'share' }, facts: [custody(false)] }),
    wrong: 'to share where one item is on hold',
    breaks: evidence('EVIDENCE_COLLECTION', {
      args: { operation: 'share' },
      facts: [custody(false), { ...custody(true), eventKey: 'investigations#2' }],
    }),
  },
  {
    clause: 'evidence-handling',
    fine: 'to purge what nobody holds',
    complies: evidence('INVESTIGATION_UPDATE', { args: { change: 'purge-expired' } }),
    wrong: 'to purge under a hold',
    breaks: evidence('INVESTIGATION_UPDATE', { args: { change: 'purge-expired' }, facts: [custody(true)] }),
  },
  {
    clause: 'warrant-requirements',
    fine: 'a numbered warrant for a camera',
    complies: search('SENSOR_ACTIVATE', { args: { what: 'cameras' }, facts: [warrant({ scope: 'a camera at the door', number: 'W-7' })] }),
    wrong: 'a warrant without a number',
    breaks: search('SENSOR_ACTIVATE', { args: { what: 'cameras' }, facts: [warrant({ scope: 'a camera at the door' })] }),
  },
  {
    clause: 'warrant-requirements',
    fine: 'plates under a warrant for tracking',
    complies: search('SENSOR_ACTIVATE', { args: { what: 'lpr-one-plate' }, facts: [warrant({ scope: 'tracking', number: 'W-7' })] }),
    wrong: 'plates under a warrant for a camera',
    breaks: search('SENSOR_ACTIVATE', { args: { what: 'lpr-one-plate' }, facts: [warrant({ scope: 'a camera', number: 'W-7' })] }),
  },
  {
    clause: 'warrant-requirements',
    fine: 'a drone under a warrant that names it',
    complies: search('DRONE_DISPATCH', { facts: [warrant({ scope: 'drone over the yard', number: 'W-7' })] }),
    wrong: 'a drone under an exigency alone',
    breaks: search('DRONE_DISPATCH', { facts: [exigency] }),
  },
  {
    clause: 'hipaa',
    fine: 'a clinician for an imminent threat',
    complies: health('CO_RESPONDER_DISPATCH', { basis: '45 CFR 164.512(j)' }),
    wrong: 'a clinician for no stated purpose',
    breaks: health('CO_RESPONDER_DISPATCH'),
  },
  {
    clause: 'hipaa',
    fine: 'a screen to locate a missing person',
    complies: health('HUMAN_STABILITY_ALERT', { basis: '45 CFR 164.512(f)(2)', args: { screen: 'missing-person' } }),
    wrong: 'a crisis screen under the same paragraph',
    breaks: health('HUMAN_STABILITY_ALERT', { basis: '45 CFR 164.512(f)(2)', args: { screen: 'crisis' } }),
  },
  {
    clause: 'hipaa',
    fine: 'beds asked of hospitals for disaster relief',
    complies: health('NOTIFICATION_SEND', { basis: '45 CFR 164.510(b)(4)', args: { to: 'hospitals' } }),
    wrong: 'a DV centre told for disaster relief',
    breaks: health('NOTIFICATION_SEND', { basis: '45 CFR 164.510(b)(4)', args: { to: 'dv-centre' } }),
  },
  {
    clause: 'amber-criteria',
    fine: 'a recommendation with all five criteria',
    complies: amber('NOTIFICATION_SEND', { args: { to: 'state', purpose: 'request' }, facts: criteria() }),
    wrong: 'a recommendation with four',
    breaks: amber('NOTIFICATION_SEND', { args: { to: 'state', purpose: 'request' }, facts: criteria().slice(0, 4) }),
  },
  {
    clause: 'amber-criteria',
    fine: 'a broadcast with all five',
    complies: amber('EMERGENCY_BROADCAST', { facts: criteria() }),
    wrong: 'a broadcast over a custody dispute',
    breaks: amber('EMERGENCY_BROADCAST', { facts: criteria('custody dispute') }),
  },
  {
    clause: 'verified-hit',
    fine: 'a hit that is confirmed and was compared',
    complies: hit('PATROL_REROUTE', { incident: { type: 'plate.hit' }, officers: 2, facts: [confirmed('active'), compared] }),
    wrong: 'a hit that nobody compared with its picture',
    breaks: hit('PATROL_REROUTE', { incident: { type: 'plate.hit' }, officers: 2, facts: [confirmed('active')] }),
  },
  {
    clause: 'verified-hit',
    fine: 'a lookout for a record that is active',
    complies: hit('BOLO_ISSUE', { incident: { type: 'vehicle.wanted' }, facts: [confirmed('active')] }),
    wrong: 'a lookout for a record that was cleared since',
    breaks: hit('BOLO_ISSUE', {
      incident: { type: 'vehicle.wanted' },
      facts: [confirmed('active'), { ...confirmed('cleared'), eventKey: 'fusion_cloud#2', recordedAt: '2026-03-01T11:59:30.000Z' }],
    }),
  },
];
