// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { givenAtLeast } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { event, manual } from './language/event.ts';
import { number, place } from './language/input.ts';
import { closing, incident, oneDrone, opening } from './usual.ts';

/**
 * What a crowd thinks is no input, and neither is that it is there. The advice on the crowd's safety holds where it fails: nobody is asked about dispersing people while the ways out are unknown.
 * By then officers are told and staged, so a hold keeps no help waiting. Routes and minutes are the agency's rule, not the statute's; that the command is in the name of the state is FS 870.04.
 */
export const civilUnrestResponse = defineWorkflow({
  name: 'civil-unrest-response',
  title: 'Civil unrest response',
  version: 1,
  purpose:
    'Somebody in a crowd hurts people or breaks things: that is seen and reported; that people gather is not. The watch commander knows, the organisers are spoken with first, officers are staged out of sight and those nearby are told. ' +
    'From the air the crowd may be looked at where it is fifty or more and the head of the agency has authorised it in writing. Advice on the crowd’s safety names the ways out, and an incident commander, nobody else, decides whether to ask the violent part of it to leave, in the name of the state, with time and at least two ways out. ' +
    'Evidence of violence is kept and an investigation opened. Nothing here disperses anybody by itself, moves officers in, or finds out who attends.',
  priority: 'HIGH',
  timeout: '8h',
  on: [
    event({
      type: 'unrest.violence',
      source: ['cad_system', 'dispatch', 'officer_safety'],
      notRejected: true,
      why: 'violence or damage was reported, and nobody has called that wrong; attendance reports nothing',
    }),
    manual('a commander on scene sees violence'),
  ],
  inputs: { location: place({ required: true }), people: number('data.people') },
  guardrails: [
    'first-amendment',
    'fourth-amendment-drone-surveillance',
    'florida-drone-statute',
    'surveillance-technology-authorisation',
    'proportionality',
    'community-trust',
    'bias-detection',
  ],
  steps: [
    opening,
    step('assessThreat', {
      action: 'THREAT_ASSESSMENT',
      with: { topic: 'civil-unrest', basis: 'reported-conduct' },
      within: '1m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('alertSupervisor', {
      action: 'SUPERVISOR_ALERT',
      with: { topic: 'civil-unrest', role: 'watch_commander' },
      within: '15s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel('talkAndStage', {
      organisers: [
        step('speakWithOrganisers', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'civil-unrest', to: 'organisers', purpose: 'request' },
          within: '5m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      staging: [
        step('stageOfficers', {
          action: 'RESOURCE_ALLOCATE',
          with: { purpose: 'staging', topic: 'civil-unrest' },
          needs: { OFFICER: 4, VEHICLE: 2 },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      officers: [
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          with: { topic: 'civil-unrest', radiusM: 2000, escalateToVoiceAfter: '15s', premiseHazards: 'attached', posture: 'standby' },
          within: '10s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('lookAtCrowd', {
      when: givenAtLeast('people', 50),
      action: 'DRONE_DISPATCH',
      with: { purpose: 'crowd-overview', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot', maxMinutes: 20 },
      legalBasis: 'FS 934.50(4)(d)',
      needs: { DRONE: oneDrone },
      within: '3m',
      onFailure: 'degrade',
      undo: 'auto',
    }),
    step('adviseWaysOut', {
      action: 'TACTICAL_ANALYSIS',
      with: { question: 'crowd-safety', radiusM: 800, label: 'advice', expires: '5m' },
      within: '1m',
      retries: 2,
      onFailure: 'hold',
      undo: 'never',
    }),
    approval('orderDispersal', {
      ask: 'incident_commander',
      question:
        'Is the assembly itself unlawful or riotous, three or more with a common purpose of violence, and shall it be told in the name of the state to leave: thirty minutes, at least two ways out, peaceful persons first asked to stand apart?',
      within: '15m',
      onSilence: 'refuse',
      then: [
        step('announceDispersal', {
          action: 'NOTIFICATION_SEND',
          with: {
            topic: 'civil-unrest',
            to: 'zones',
            purpose: 'disperse',
            dispersal: { inNameOf: 'state', minutes: 30, waysOut: 2 },
          },
          legalBasis: 'FS 870.04',
          within: '5m',
          retries: 1,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('preserveEvidence', {
      action: 'EVIDENCE_COLLECTION',
      with: { sources: ['cameras', 'drone-video', 'cad-recording'], beforeMinutes: 30, afterMinutes: 60 },
      within: '5m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'civil-unrest', incidentId: incident },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    ...closing,
  ],
});
