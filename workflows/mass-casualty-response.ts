import { said } from './language/condition.ts';
import { approval, defineWorkflow, parallel, repeat, step } from './language/define.ts';
import { atLeast, chain, condition, event, manual } from './language/event.ts';
import { number, place } from './language/input.ts';
import { closing, notDrill, oneDrone, opening } from './usual.ts';

const beds = said('NOTIFICATION_SEND', 'pollBeds', 'capacity', 'enough');

/**
 * No step here may fail or hold: every one of them is help, or tells those who help. Beds, roads, the warning and the scene run side by side,
 * so that no hospital's answer and no commander's keeps a road or a unit waiting.
 * A place that nobody knows yet keeps nobody from being told.
 */
export const massCasualtyResponse = defineWorkflow({
  name: 'mass-casualty-response',
  title: 'Mass casualty response',
  version: 1,
  purpose:
    'More people are hurt than the units at hand can carry, by the word of an incident commander or by the count of patients. Medics, hospitals and the emergency operations centre are told at once, rescues are held for the scene, ' +
    'officers nearby and the watch commander know. Hospitals are asked every quarter of an hour how many they can take, until they can take all. Roads for ambulances are closed to others, two persons of the unified command may warn the public, ' +
    'a drone shows the scene if the law allows it, partners are asked for help and evidence is kept. Who is treated first, and where anyone is taken, is for the medics alone: nothing here orders it, and no name is sent to anybody.',
  priority: 'CRITICAL',
  timeout: '12h',
  on: [
    event({
      type: 'mass-casualty.declared',
      source: ['cad_system', 'emergency_mgmt'],
      notRejected: true,
      data: notDrill,
      why: 'it was declared, and nobody has called that wrong',
    }),
    event({
      type: 'patients.counted',
      source: ['cad_system', 'emergency_mgmt'],
      notRejected: true,
      data: { ...notDrill, patients: [atLeast(10)] },
      why: 'medics count ten patients or more; the agency sets the number',
    }),
    condition({
      facts: { 'ic-declaration': { kind: ['mass-casualty'] } },
      why: 'an incident commander on scene has declared it',
    }),
    chain(
      'active-shooter-response',
      { said: { stageMedics: { patients: [atLeast(10)] } } },
      'the medics who were staged for a shooter count ten patients or more',
    ),
    manual('an incident commander asks for it'),
  ],
  inputs: { location: place(), patients: number('data.patients') },
  guardrails: [
    'hipaa',
    'fourth-amendment-drone-surveillance',
    'florida-drone-statute',
    'surveillance-technology-authorisation',
    'community-trust',
  ],
  steps: [
    opening,
    parallel('firstResponse', {
      medics: [
        step('stageMedics', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'mass-casualty', to: 'ems', purpose: 'staging' },
          within: '30s',
          retries: 3,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      hospitals: [
        step('tellHospitals', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'mass-casualty', to: 'hospitals', purpose: 'inform' },
          legalBasis: '45 CFR 164.510(b)(4)',
          within: '1m',
          retries: 3,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      operations: [
        step('tellOperationsCentre', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'mass-casualty', to: 'eoc', purpose: 'inform' },
          within: '1m',
          retries: 3,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      rescues: [
        step('holdRescues', {
          action: 'RESOURCE_ALLOCATE',
          with: { purpose: 'staging', topic: 'mass-casualty' },
          needs: { DISPATCH_UNIT: { count: 2, prefers: { capabilities: ['transport'], certifications: ['als'], within: '15m' } } },
          within: '1m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      supervisor: [
        step('alertSupervisor', {
          action: 'SUPERVISOR_ALERT',
          with: { topic: 'mass-casualty', role: 'watch_commander' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
      officers: [
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          with: { topic: 'mass-casualty', radiusM: 3000, escalateToVoiceAfter: '15s', premiseHazards: 'attached' },
          within: '10s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('assessThreat', {
      action: 'THREAT_ASSESSMENT',
      with: { topic: 'mass-casualty', basis: 'reported-conduct' },
      within: '1m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel('bedsAndScene', {
      beds: [
        repeat('askForBeds', {
          every: '15m',
          times: 40,
          until: beds,
          steps: [
            step('pollBeds', {
              action: 'NOTIFICATION_SEND',
              with: { topic: 'mass-casualty', to: 'hospitals', purpose: 'poll' },
              legalBasis: '45 CFR 164.510(b)(4)',
              within: '2m',
              retries: 1,
              onFailure: 'degrade',
              undo: 'never',
            }),
          ],
        }),
      ],
      roads: [
        step('clearRoads', {
          action: 'PATROL_REROUTE',
          with: { mode: 'closure', radiusM: 500, approach: 'staged' },
          needs: { OFFICER: 2, VEHICLE: 2 },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      warning: [
        approval('approveBroadcast', {
          ask: 'incident_commander',
          second: 'em_director',
          question: 'Shall the public within three kilometres be told to keep away and leave the roads to ambulances, for four hours?',
          within: '10m',
          onSilence: 'refuse',
          // biome-ignore lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
          then: [
            step('warnPublic', {
              action: 'EMERGENCY_BROADCAST',
              with: {
                topic: 'mass-casualty',
                audience: 'public',
                area: { radiusM: 3000 },
                languages: ['en', 'es', 'ht'],
                accessible: true,
                exercise: false,
                expires: '4h',
                owner: 'incident_commander',
                cancelText: 'The emergency is over. The roads are open again.',
              },
              within: '1m',
              retries: 1,
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
        }),
      ],
      scene: [
        step('sendDrone', {
          action: 'DRONE_DISPATCH',
          with: { purpose: 'scene-overview', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot', maxMinutes: 20 },
          legalBasis: 'FS 934.50(4)(c)',
          needs: { DRONE: oneDrone },
          within: '3m',
          onFailure: 'degrade',
          undo: 'auto',
        }),
        step('askPartners', {
          action: 'FUSION_CLOUD_SYNC',
          with: { index: 'state', purpose: 'search', for: 'mutual-aid' },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
        step('preserveEvidence', {
          action: 'EVIDENCE_COLLECTION',
          with: { sources: ['cameras', 'drone-video', 'cad-recording'], beforeMinutes: 30, afterMinutes: 120 },
          within: '5m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
    }),
    ...closing,
  ],
});
