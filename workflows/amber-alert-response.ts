// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { condition, event, manual } from './language/event.ts';
import { place } from './language/input.ts';
import { closing, incident, notDrill, oneDrone, opening } from './usual.ts';

/** There, and by somebody. */
const attested = { by: [{ exists: true }] };

/** Officers and the look-out do not wait for the criteria: a child was taken. What the criteria gate is the state and the public. */
export const amberAlertResponse = defineWorkflow({
  name: 'amber-alert-response',
  title: 'AMBER alert response',
  version: 1,
  purpose:
    'A child was abducted, or persons have attested each of the five criteria of the state’s AMBER plan. Officers are told, the vehicle is looked out for once a supervisor says so, the national index is told, and units are held. ' +
    'The chief or a designee decides whether the agency recommends an alert; the state alone decides and issues it, and only when two persons have seen that it did does the city repeat it. ' +
    'SWOE never issues an alert. A custody dispute alone is no abduction: without every criterion attested nothing goes to the state or the public.',
  priority: 'CRITICAL',
  timeout: '24h',
  on: [
    event({
      type: 'child.abducted',
      source: ['cad_system', 'investigations'],
      data: notDrill,
      why: 'a call-taker or detective reports that a child was taken',
    }),
    condition({
      facts: {
        'amber-child': attested,
        'amber-abduction': attested,
        'amber-danger': attested,
        'amber-description': attested,
        'amber-recommendation': attested,
      },
      why: 'each of the five criteria of the Florida AMBER Plan (FDLE, 2019) is an attested fact about the incident',
    }),
    manual('a detective on the case'),
  ],
  inputs: { location: place({ required: true }) },
  guardrails: [
    'amber-criteria',
    'fourth-amendment-drone-surveillance',
    'fourth-amendment-tracking',
    'florida-drone-statute',
    'surveillance-technology-authorisation',
    'data-retention',
  ],
  steps: [
    opening,
    parallel('firstResponse', {
      officers: [
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          with: { topic: 'amber', radiusM: 20_000, escalateToVoiceAfter: '15s', premiseHazards: 'attached' },
          legalBasis: 'Fla. Stat. 937.021(4)(a)',
          within: '10s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      lookOut: [
        approval('allowBolo', {
          ask: 'supervisor',
          question: 'Shall all units look out for the vehicle for 24 hours? A dispute over custody alone is no reason.',
          within: '60s',
          onSilence: 'refuse',
          then: [
            step('issueBolo', {
              action: 'BOLO_ISSUE',
              with: {
                subject: 'vehicle',
                reference: incident,
                expires: '24h',
                owner: 'watch_commander',
                cancelText: 'The look-out for the vehicle in the child abduction is cancelled. Do not stop it on this account.',
              },
              within: '60s',
              retries: 2,
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
        }),
      ],
      index: [
        step('enterNationalIndex', {
          action: 'FUSION_CLOUD_SYNC',
          with: { index: 'ncic', purpose: 'share', for: 'missing-person' },
          within: '2m',
          retries: 3,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
      units: [
        step('holdUnits', {
          action: 'RESOURCE_ALLOCATE',
          with: { purpose: 'respond', topic: 'amber' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '30s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('alertSupervisor', {
      action: 'SUPERVISOR_ALERT',
      with: { topic: 'amber', role: 'watch_commander' },
      within: '15s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    approval('recommendAlert', {
      ask: 'chief',
      question:
        'Does the agency recommend an AMBER Alert to the state? A yes attests that the child is under 18; that there is a well-founded belief of a kidnapping, and of imminent danger of death or serious injury; ' +
        'and that the child, the abductor or the vehicle can be described.',
      within: '15m',
      onSilence: 'escalate',
      escalateTo: ['watch_commander'],
      then: [
        step('recommendToState', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'amber', to: 'state', purpose: 'request', for: 'missing-person' },
          within: '2m',
          retries: 3,
          onFailure: 'degrade',
          undo: 'human',
        }),
        approval('repeatStateAlert', {
          ask: 'watch_commander',
          second: 'chief',
          question: 'Has the state issued the alert, and shall the city repeat it in its own channels, word for word? Two persons decide.',
          within: '30m',
          onSilence: 'refuse',
          then: [
            step('repeatAlert', {
              action: 'EMERGENCY_BROADCAST',
              with: {
                topic: 'amber',
                audience: 'public',
                area: { radiusM: 20_000 },
                languages: ['en', 'es', 'ht'],
                accessible: true,
                expires: '12h',
                owner: 'chief',
                cancelText: 'The AMBER Alert has been cancelled by the state. Please share the earlier message no further.',
                exercise: false,
              },
              within: '2m',
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
        }),
      ],
    }),
    parallel('search', {
      plates: [
        step('askReaders', {
          action: 'SENSOR_ACTIVATE',
          with: { what: 'lpr-one-plate', radiusM: 20_000, keepMinutes: 240, caseNumber: incident, purpose: 'missing-person' },
          within: '60s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
      air: [
        step('searchByDrone', {
          action: 'DRONE_DISPATCH',
          with: { purpose: 'search', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot', maxMinutes: 60 },
          legalBasis: 'FS 934.50(4)(c)',
          needs: { DRONE: oneDrone },
          within: '3m',
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
      ground: [
        step('canvass', {
          action: 'PATROL_REROUTE',
          with: { mode: 'canvass', radiusM: 2000, approach: 'direct' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '2m',
          retries: 1,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'amber', incidentId: incident },
      within: '60s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    approval('endAlert', {
      ask: 'watch_commander',
      question: 'Is the child safe, or the alert withdrawn? A yes cancels the look-out and the broadcast with everyone told.',
      within: '12h',
      onSilence: 'refuse',
      then: [
        parallel('cancel', {
          lookOut: [
            step('cancelBolo', {
              action: 'NOTIFICATION_SEND',
              with: { topic: 'amber', to: 'bolo-recipients', purpose: 'cancel' },
              within: '2m',
              retries: 5,
              onFailure: 'degrade',
              undo: 'never',
            }),
          ],
          broadcast: [
            step('cancelBroadcast', {
              action: 'NOTIFICATION_SEND',
              with: { topic: 'amber', to: 'broadcast-recipients', purpose: 'cancel' },
              within: '2m',
              retries: 5,
              onFailure: 'degrade',
              undo: 'never',
            }),
          ],
          state: [
            step('tellState', {
              action: 'NOTIFICATION_SEND',
              with: { topic: 'amber', to: 'state', purpose: 'cancel', for: 'missing-person' },
              within: '2m',
              retries: 5,
              onFailure: 'degrade',
              undo: 'never',
            }),
          ],
        }),
      ],
    }),
    ...closing,
  ],
});
