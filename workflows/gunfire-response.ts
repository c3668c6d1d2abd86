import type { Source } from '../shared/contracts/vocabulary.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { api, atLeast, event, manual } from './language/event.ts';
import { place } from './language/input.ts';
import { closing, incident, oneDrone, opening } from './usual.ts';

const shots = ['gunshot.detected', 'call.shots-fired'];
const observers: readonly Source[] = ['gunshot_detection', 'cad_system', 'dispatch'];

/**
 * Orders, clocks and thresholds start from the agency's practice and are its to change.
 * INV degrades rather than holds: behind it stand only the units' release and the record, and patrols must not wait for a file number.
 */
export const gunfireResponse = defineWorkflow({
  name: 'gunfire-response',
  title: 'Gunfire response',
  version: 1,
  purpose:
    'Shots were heard, by a sensor that a person or a second source bears out, or by a caller. Officers nearby are told first, two of them are sent, a drone looks at the scene if the law allows it, ' +
    'and the cameras around turn to it. Analysts advise on the approach, evidence is preserved before it is overwritten, a supervisor knows, and a watch commander decides whether to say where shots may follow: ' +
    'a place, never a person. Nothing here stops, searches or names anybody. A drone that fails or is refused never recalls the officers.',
  priority: 'CRITICAL',
  timeout: '30m',
  on: [
    event({
      type: shots,
      source: observers,
      confidence: atLeast(0.7),
      notRejected: true,
      why: 'a confident report that nobody has called wrong',
    }),
    event({
      type: shots,
      source: observers,
      independentSources: atLeast(2),
      notRejected: true,
      why: 'two independent sources bear each other out (United States v. Rickmon, 952 F.3d 876, 7th Cir. 2020: an alert counts when it is corroborated)',
    }),
    manual('an officer or dispatcher heard it'),
    api('a dispatcher starts it from CAD'),
  ],
  inputs: { location: place({ required: true }) },
  guardrails: ['fourth-amendment-drone-surveillance', 'florida-drone-statute', 'surveillance-technology-authorisation', 'community-trust'],
  steps: [
    opening,
    parallel('firstResponse', {
      officers: [
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          with: { topic: 'gunfire', radiusM: 1500, escalateToVoiceAfter: '15s', premiseHazards: 'attached' },
          within: '10s',
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
      ground: [
        step('sendPatrols', {
          action: 'PATROL_REROUTE',
          with: { mode: 'respond', approach: 'staged' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      cameras: [
        step('turnCameras', {
          action: 'SENSOR_ACTIVATE',
          with: { what: 'cameras', radiusM: 500, keepMinutes: 60 },
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
    parallel('secureAndInform', {
      evidence: [
        step('preserveEvidence', {
          action: 'EVIDENCE_COLLECTION',
          with: { sources: ['cameras', 'gunshot-audio', 'cad-recording'], beforeMinutes: 10, afterMinutes: 30 },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
      supervisor: [
        step('alertSupervisor', {
          action: 'SUPERVISOR_ALERT',
          with: { topic: 'gunfire', role: 'watch_commander' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
    }),
    approval('releasePrediction', {
      ask: 'watch_commander',
      question: 'Shall patrols be told where further shots are likely in the next two hours? Places only.',
      within: '5m',
      onSilence: 'refuse',
      // biome-ignore lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
      then: [
        step('predictPlaces', {
          action: 'PREDICTIVE_ALERT',
          with: { about: 'places', radiusM: 1000, horizon: '2h', expires: '2h' },
          within: '30s',
          onFailure: 'degrade',
          undo: 'human',
          guardrails: ['bias-detection', 'bias-district-ratio'],
        }),
      ],
    }),
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'gunfire', incidentId: incident },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    ...closing,
  ],
});
