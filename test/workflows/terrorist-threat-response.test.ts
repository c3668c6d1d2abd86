import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { terroristThreatResponse as threat } from '../../workflows/terrorist-threat-response.ts';
import { starts, stepOf, told, way } from './reading.ts';

const starting = starts(threat);
const grave = { specific: true, credible: true, behavioural: true, basis: 'plan' };
const report = (data: object, source = 'fusion_cloud') => ({ type: 'threat.credible', source, data: { ...grave, ...data } });

it.each([
  ['a specific, credible plan', true, report({})],
  ['conduct that analysts report', true, report({ basis: 'behaviour' }, 'threat_intel')],
  ['one of a drill', false, report({ exercise: true })],
  ['one that nobody finds credible', false, report({ credible: false })],
  ['one against nothing in particular', false, report({ specific: false })],
  ['one that rests on no conduct', false, report({ behavioural: false })],
  ['a sermon', false, report({ basis: 'religion' })],
  ['a post', false, report({ basis: 'speech' })],
  ['one without a basis', false, report({ basis: undefined })],
  ['a watchlist’s match', false, { type: 'watchlist.matched', source: 'fusion_cloud', data: grave }],
  ['a model’s threat', false, report({}, 'ai_sentinel')],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('its basis is conduct, a weapon or a plan, and a run without one does not start', () => {
  expect(threat.inputs['basis']).toMatchObject({ required: true, values: ['behaviour', 'weapon', 'plan'] });
});

it('the commander knows at once; partners, staging and the lock do not wait for the word on the task force', () => {
  expect(way(threat)).toBe(
    'PV → TA → [SA ‖ intelligence_officer + watch_commander?(NS fbi → NS dhs) ‖ FUS → RA → TAC → if watch_commander + intelligence_officer?(LOCK)] → ' +
      '[incident_commander + watch_commander?(EB) ‖ SEN → EV] → CASE → RR → AUDIT_LOG',
  );
});

it('the assessment has five minutes', () => {
  expect(stepOf(threat, 'assessThreat').within).toBe(300);
});

it('an intelligence officer and a watch commander decide who is told and what is locked; two persons warn the public', () => {
  const asked = (name: string) => flatten(threat.steps).find((node) => node.name === name);
  expect(asked('confirmThreat')).toMatchObject({ ask: 'intelligence_officer', second: 'watch_commander', onSilence: 'escalate' });
  expect(asked('approveLock')).toMatchObject({ ask: 'watch_commander', second: 'intelligence_officer', onSilence: 'escalate' });
  expect(asked('approveBroadcast')).toMatchObject({ ask: 'incident_commander', second: 'watch_commander', onSilence: 'refuse' });
});

it('the site’s way out stays open and only an incident commander ends the lockdown; no machine undoes it', () => {
  expect(stepOf(threat, 'lockSite')).toMatchObject({ with: { egress: 'open', endedBy: 'incident_commander' }, undo: 'human' });
});

it('it detains, stops and names nobody, and no drone flies', () => {
  const actions = stepsOf(threat.steps).map(({ action }) => action);
  for (const never of ['BOLO_ISSUE', 'THREAT_BROADCAST', 'DRONE_DISPATCH', 'ROBOT_DISPATCH', 'PATROL_REROUTE', 'PREDICTIVE_ALERT'])
    expect(actions).not.toContain(never);
  expect(told(threat)).toEqual(['dhs', 'fbi']);
  expect(threat.guardrails).toEqual(expect.arrayContaining(['first-amendment', 'criminal-intelligence']));
});

it('the case has a human author and a review, and holds where it fails', () => {
  expect(stepOf(threat, 'prepareCase')).toMatchObject({ with: { author: 'detective', reviewInDays: 30 }, onFailure: 'hold' });
});
