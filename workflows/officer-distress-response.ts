// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { event, manual } from './language/event.ts';
import { place, reference } from './language/input.ts';
import { closing, incident, oneDrone, opening } from './usual.ts';

/** Neither place nor unit is required: an officer who can say nothing still gets what can be sent without them. */
export const officerDistressResponse = defineWorkflow({
  name: 'officer-distress-response',
  title: 'Officer distress response',
  version: 1,
  purpose:
    'An officer pressed the panic button, or has not answered for 15 seconds. Officers nearby and the watch commander are told within seconds, the two nearest are sent, two more are held, medics are asked for, ' +
    'a drone and the cameras look at the scene. A supervisor decides whether an unarmed robot goes ahead, and the chief or a designee whether the state is asked for a Blue Alert. ' +
    'Nothing here calls the help off: only the officer’s own voice code, heard by a person, does that. No robot is armed.',
  priority: 'CRITICAL',
  timeout: '2h',
  on: [
    event({
      type: ['officer.distress', 'officer.no-answer'],
      source: ['officer_safety', 'cad_system'],
      why: 'a panic button, or no answer for 15 s; a doubt about it is a reason to look, so nothing more is asked',
    }),
    manual('a dispatcher or officer heard the call for help'),
  ],
  inputs: { location: place(), unit: reference('data.unit') },
  guardrails: ['fourth-amendment-drone-surveillance', 'florida-drone-statute', 'surveillance-technology-authorisation', 'hipaa'],
  steps: [
    opening,
    parallel('help', {
      officers: [
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          with: { topic: 'officer-distress', radiusM: 5000, escalateToVoiceAfter: '15s', premiseHazards: 'attached' },
          within: '5s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      supervisor: [
        step('alertSupervisor', {
          action: 'SUPERVISOR_ALERT',
          with: { topic: 'officer-distress', role: 'watch_commander' },
          within: '10s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      backup: [
        step('sendTwoNearest', {
          action: 'PATROL_REROUTE',
          with: { mode: 'respond', approach: 'direct' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '30s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      reserve: [
        step('holdReserve', {
          action: 'RESOURCE_ALLOCATE',
          with: { purpose: 'respond', topic: 'officer-distress' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      medics: [
        step('askForMedics', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'officer-distress', to: 'ems', purpose: 'staging' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      air: [
        step('sendDrone', {
          action: 'DRONE_DISPATCH',
          with: { purpose: 'scene-overview', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot', maxMinutes: 20 },
          legalBasis: 'FS 934.50(4)(c)',
          needs: { DRONE: oneDrone },
          within: '90s',
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
      cameras: [
        step('turnCameras', {
          action: 'SENSOR_ACTIVATE',
          with: { what: 'cameras', radiusM: 500, keepMinutes: 120, purpose: 'scene-safety' },
          within: '30s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
    }),
    step('adviseTactics', {
      action: 'TACTICAL_ANALYSIS',
      with: { question: 'approach', radiusM: 500, label: 'advice', expires: '5m' },
      within: '30s',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    approval('allowRobot', {
      ask: 'supervisor',
      question: 'Shall an unarmed robot go ahead to look? Officers do not wait for it.',
      within: '2m',
      onSilence: 'refuse',
      then: [
        step('sendRobot', {
          action: 'ROBOT_DISPATCH',
          with: { purpose: 'look', unarmed: true },
          needs: { ROBOT: 1 },
          within: '5m',
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
    }),
    step('preserveEvidence', {
      action: 'EVIDENCE_COLLECTION',
      with: { sources: ['cameras', 'drone-video', 'cad-recording'], beforeMinutes: 30, afterMinutes: 120 },
      within: '2m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    approval('requestBlueAlert', {
      ask: 'chief',
      question:
        'Shall the state be asked for a Blue Alert? All must hold: an officer killed, seriously injured, assaulted with a deadly weapon or missing; ' +
        'the suspect fled; an imminent threat to the public or officers; a description of the vehicle or the flight; and a broadcast may help.',
      within: '10m',
      onSilence: 'escalate',
      escalateTo: ['watch_commander'],
      then: [
        step('askStateForBlueAlert', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'officer-distress', to: 'state', purpose: 'request', for: 'officer-safety' },
          legalBasis: 'Fla. Stat. 784.071(1)',
          within: '60s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'officer-distress', incidentId: incident },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    approval('offerWellness', {
      ask: 'supervisor',
      question: 'Is the officer at serious risk, and does the officer agree to a wellness screen? It expires in a day and reaches no file.',
      within: '30m',
      onSilence: 'refuse',
      then: [
        step('screenWellness', {
          action: 'HUMAN_STABILITY_ALERT',
          with: { screen: 'officer-wellness', expires: '24h' },
          legalBasis: '45 CFR 164.512(j)',
          within: '60s',
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
    }),
    ...closing,
  ],
});
