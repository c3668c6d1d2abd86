// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { given } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { event, manual } from './language/event.ts';
import { flag, place } from './language/input.ts';
import { closing, incident, oneDrone, opening } from './usual.ts';

/** A person who starts it may have to say that no death is confirmed yet: then nobody is told of one. */
const confirmed = given('deathConfirmed');

/** A file that cannot be prepared is held for a person, for the law sets it a term; by then the crews have gone back and nobody waits. */
export const trafficFatalityResponse = defineWorkflow({
  name: 'traffic-fatality-response',
  title: 'Traffic fatality response',
  version: 1,
  purpose:
    'Somebody died in a crash, and a person who may say so has confirmed it. Officers and medics are told, the road is closed, a drone maps the scene, evidence is preserved and an investigation opened, a reconstruction crew is held, and the medical examiner is asked for. ' +
    'A supervisor sends an officer to the next of kin, who tells them in person. The case file is prepared for a detective and accuses nobody. ' +
    'It never names the dead or the hurt, never tells the family by message, and its drone looks for no traffic offences.',
  priority: 'HIGH',
  timeout: '6h',
  on: [
    event({
      type: 'crash.fatal',
      source: ['cad_system', 'traffic_system'],
      data: { deathConfirmed: [true] },
      why: 'a crash, and a death that was confirmed on scene or in hospital',
    }),
    manual('the officer on scene reports a confirmed death'),
  ],
  inputs: { location: place({ required: true }), deathConfirmed: flag('data.deathConfirmed', { required: true }) },
  guardrails: ['florida-drone-statute', 'surveillance-technology-authorisation', 'due-process', 'data-retention', 'community-trust'],
  steps: [
    opening,
    parallel('scene', {
      officers: [
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          with: { topic: 'traffic-fatality', radiusM: 3000, escalateToVoiceAfter: '15s', premiseHazards: 'attached' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      medics: [
        step('tellMedics', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'traffic-fatality', to: 'ems', purpose: 'request' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      road: [
        step('closeRoad', {
          action: 'PATROL_REROUTE',
          with: { mode: 'closure', radiusM: 300, approach: 'direct' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      air: [
        step('mapCrash', {
          action: 'DRONE_DISPATCH',
          with: { purpose: 'crash-mapping', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot', maxMinutes: 45 },
          legalBasis: 'FS 934.50(4)(f)',
          needs: { DRONE: { ...oneDrone, prefers: { capabilities: ['mapping'], within: '15m' } } },
          within: '5m',
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
    }),
    step('preserveEvidence', {
      action: 'EVIDENCE_COLLECTION',
      with: { sources: ['cameras', 'drone-video', 'cad-recording'], beforeMinutes: 15, afterMinutes: 60 },
      within: '2m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'traffic-fatality', incidentId: incident },
      within: '60s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('holdReconstruction', {
      action: 'RESOURCE_ALLOCATE',
      with: { purpose: 'respond', topic: 'traffic-fatality' },
      needs: { OFFICER: { count: 2, prefers: { count: 1, certifications: ['crash-reconstruction'], within: '30m' } }, VEHICLE: 1 },
      within: '60s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'auto',
    }),
    step('askMedicalExaminer', {
      action: 'NOTIFICATION_SEND',
      when: confirmed,
      with: { topic: 'traffic-fatality', to: 'medical-examiner', purpose: 'request' },
      within: '2m',
      retries: 3,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('releaseCrews', {
      action: 'RESOURCE_RELEASE',
      with: { which: 'ground' },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    approval('tellFamily', {
      when: confirmed,
      ask: 'supervisor',
      question: 'Is it certain who died, and shall an officer go and tell the next of kin, in person?',
      within: '2h',
      onSilence: 'escalate',
      escalateTo: ['watch_commander'],
      then: [
        step('sendOfficerToKin', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'traffic-fatality', to: 'next-of-kin-officer', purpose: 'request' },
          within: '5m',
          retries: 3,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('prepareCase', {
      action: 'CASE_GENERATION',
      with: { kind: 'traffic-fatality', author: 'detective', reviewInDays: 10 },
      legalBasis: 'Fla. Stat. 316.066(1)(a)',
      within: '2m',
      retries: 3,
      onFailure: 'hold',
      undo: 'auto',
    }),
    ...closing,
  ],
});
