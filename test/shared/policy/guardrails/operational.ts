import { exigency, fact } from '../given.ts';
import { answer, duty, type Pair, situation } from './pair.ts';

const crisis = { type: 'crisis.escalated' };
const written = { reason: 'shots heard', outcome: 'nobody hurt', bodyCamera: 'BWC-12' };
const ask = (more: Parameters<typeof answer>[0] = {}, facts = [duty()]) => situation('ANSWER_APPROVAL', { answer: answer(more), facts });

/** Officer safety, de-escalation, chain of command and documentation. */
export const operational: readonly Pair[] = [
  {
    clause: 'officer-safety-two-units',
    fine: 'two officers to shots fired',
    complies: situation('PATROL_REROUTE', { officers: 2 }),
    wrong: 'one officer to shots fired',
    breaks: situation('PATROL_REROUTE', { officers: 1 }),
  },
  {
    clause: 'officer-safety-two-units',
    fine: 'one officer who closes a road',
    complies: situation('PATROL_REROUTE', { officers: 1, args: { mode: 'closure', approach: 'staged' } }),
    wrong: 'one officer who answers a DV report',
    breaks: situation('PATROL_REROUTE', { officers: 1, args: { mode: 'respond' }, incident: { type: 'dv.reported' } }),
  },
  {
    clause: 'officer-safety-hazards',
    fine: 'officers who stage before a known hazard',
    complies: situation('PATROL_REROUTE', {
      officers: 2,
      args: { mode: 'respond', approach: 'staged' },
      facts: [fact('premise-hazard', { hazard: 'dogs' })],
    }),
    wrong: 'officers sent straight in',
    breaks: situation('PATROL_REROUTE', {
      officers: 2,
      args: { mode: 'respond', approach: 'direct' },
      facts: [fact('premise-hazard', { hazard: 'dogs' })],
    }),
  },
  {
    clause: 'officer-safety-hazards',
    fine: 'officers sent straight in where danger is imminent',
    complies: situation('PATROL_REROUTE', { officers: 2, facts: [fact('premise-hazard', { hazard: 'dogs' }), exigency] }),
    wrong: 'an alert without the hazards',
    breaks: situation('OFFICER_ALERT', { args: {}, facts: [exigency] }),
  },
  {
    clause: 'de-escalation',
    fine: 'patrols that stage while a clinician speaks',
    complies: situation('PATROL_REROUTE', { officers: 2, args: { mode: 'respond', approach: 'staged' }, incident: crisis }),
    wrong: 'patrols that go straight in',
    breaks: situation('PATROL_REROUTE', { officers: 2, args: { mode: 'respond', approach: 'direct' }, incident: crisis }),
  },
  {
    clause: 'de-escalation',
    fine: 'patrols that go straight in to violence that is seen',
    complies: situation('PATROL_REROUTE', {
      officers: 2,
      incident: crisis,
      facts: [fact('violence-observed', { what: 'a stabbing', by: 'unit 7' })],
    }),
    wrong: 'patrols that go straight in because danger is said to be imminent',
    breaks: situation('PATROL_REROUTE', { officers: 2, incident: crisis, facts: [exigency] }),
  },
  {
    clause: 'chain-of-command',
    fine: 'a supervisor on duty',
    complies: ask(),
    wrong: 'somebody of whom no duty is known',
    breaks: ask({}, []),
  },
  {
    clause: 'chain-of-command',
    fine: 'a supervisor who came on duty',
    complies: ask({}, [
      duty({ status: 'off' }),
      duty({ status: 'on' }, { eventKey: 'dispatch#2', recordedAt: '2026-03-01T11:59:30.000Z' }),
    ]),
    wrong: 'a supervisor who went home',
    breaks: ask({}, [duty(), duty({ status: 'off' }, { eventKey: 'dispatch#2', recordedAt: '2026-03-01T11:59:30.000Z' })]),
  },
  {
    clause: 'chain-of-command',
    fine: 'the second role that is asked',
    complies: ask({ role: 'em_director', second: 'em_director' }, [duty({ status: 'on', role: 'em_director' })]),
    wrong: 'a role that nobody asked',
    breaks: ask({ role: 'em_director' }, [duty({ status: 'on', role: 'em_director' })]),
  },
  {
    clause: 'chain-of-command',
    fine: 'the role of the roster',
    complies: ask({}, [duty({ status: 'on', role: 'supervisor' })]),
    wrong: 'a role that the roster does not give',
    breaks: ask({}, [duty({ status: 'on', role: 'dispatcher' })]),
  },
  {
    clause: 'chain-of-command',
    fine: 'somebody who did not ask for the run',
    complies: ask({ isRequester: false }),
    wrong: 'who asked for it',
    breaks: ask({ isRequester: true }),
  },
  {
    clause: 'chain-of-command',
    fine: 'a first answer',
    complies: ask({ hasAnswered: false }),
    wrong: 'the same person a second time',
    breaks: ask({ hasAnswered: true }),
  },
  {
    clause: 'chain-of-command',
    fine: 'duty stated of that person',
    complies: ask(),
    wrong: 'duty stated of another person, or of the incident',
    breaks: ask({}, [duty(undefined, { subject: 'person/bob' }), duty(undefined, { subject: 'incident/INC-1' })]),
  },
  {
    clause: 'documentation',
    fine: 'reason, outcome and camera written down',
    complies: situation('AUDIT_LOG', { facts: [fact('documentation', written)] }),
    wrong: 'nothing written down',
    breaks: situation('AUDIT_LOG'),
  },
  {
    clause: 'documentation',
    fine: 'a purge that the clock started',
    complies: situation('AUDIT_LOG', { run: { version: 1, timeoutS: 1800, startedBy: 'SCHEDULE', approvals: [] } }),
    wrong: 'a run that a person started',
    breaks: situation('AUDIT_LOG', { run: { version: 1, timeoutS: 1800, startedBy: 'MANUAL', approvals: [] } }),
  },
  {
    clause: 'documentation',
    fine: 'a body camera named',
    complies: situation('AUDIT_LOG', { facts: [fact('documentation', written)] }),
    wrong: 'an empty one',
    breaks: situation('AUDIT_LOG', { facts: [fact('documentation', { ...written, bodyCamera: '' })] }),
  },
];
