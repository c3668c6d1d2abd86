// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { any, given, not, said } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { chain, event } from './language/event.ts';
import { code, flag, place, reference } from './language/input.ts';
import { closing, incident, opening } from './usual.ts';

const RECORDS = ['stolen', 'wanted', 'felony'] as const;

/** The agency that entered the record says that it still stands. Nothing moves without it, whatever else is known. */
const confirmed = any(
  said('FUSION_CLOUD_SYNC', 'confirmUrgently', 'match', 'confirmed'),
  said('FUSION_CLOUD_SYNC', 'confirmRoutinely', 'match', 'confirmed'),
);

/** The case under which readers are asked; without one, the incident. */
const caseNumber = '{% $exists($states.input.inputs.case) ? $states.input.inputs.case : $states.input.incidentId %}';

/**
 * A confirmation that does not come fails the run: behind it stand a look-out and patrols, and without it there is nothing to do.
 * Units go back before the question that ends the look-out, which may stand open for a day.
 */
export const hotVehicleResponse = defineWorkflow({
  name: 'hot-vehicle-response',
  title: 'Hot vehicle response',
  version: 1,
  purpose:
    'A vehicle stands in an active record as stolen, wanted or used in a felony. The agency that entered it is asked whether the record still stands, within ten minutes where it is urgent and an hour where not. ' +
    'Only then are officers told, readers asked for the one plate, and, on a supervisor’s word, all units asked to look out for it for a day; patrols look where it may be, evidence is kept, and the look-out is cancelled when the vehicle is found or cleared. ' +
    'It stops nobody, and sends nobody on a partial plate or an unconfirmed record.',
  priority: 'HIGH',
  timeout: '27h',
  on: [
    event({
      type: 'vehicle.wanted',
      source: ['investigations', 'fusion_cloud', 'cad_system'],
      data: { record: [...RECORDS], partial: [false, null, { exists: false }] },
      why: 'an active record of a vehicle whose plate is known whole',
    }),
    chain(
      'lpr-hot-hit-response',
      { status: ['COMPLETED'], said: { confirmRecord: { match: ['confirmed'] } } },
      'a reader’s hit that a person compared and the index confirmed',
    ),
  ],
  inputs: {
    location: place({ required: true }),
    record: code('data.record', RECORDS),
    urgent: flag('data.urgent'),
    case: reference('data.case'),
  },
  guardrails: ['verified-hit', 'fourth-amendment-tracking', 'surveillance-technology-authorisation', 'data-retention'],
  steps: [
    opening,
    step('confirmUrgently', {
      action: 'FUSION_CLOUD_SYNC',
      when: given('urgent'),
      with: { index: 'ncic', purpose: 'confirm', for: 'criminal-justice' },
      within: '10m',
      retries: 3,
      onFailure: 'fail',
      undo: 'never',
    }),
    step('confirmRoutinely', {
      action: 'FUSION_CLOUD_SYNC',
      when: not(given('urgent')),
      with: { index: 'ncic', purpose: 'confirm', for: 'criminal-justice' },
      within: '1h',
      retries: 3,
      onFailure: 'fail',
      undo: 'never',
    }),
    parallel(
      'tellAndLook',
      {
        officers: [
          step('alertOfficers', {
            action: 'OFFICER_ALERT',
            with: { topic: 'hot-vehicle', radiusM: 10_000, escalateToVoiceAfter: '15s', premiseHazards: 'attached' },
            within: '15s',
            retries: 2,
            onFailure: 'degrade',
            undo: 'human',
          }),
        ],
        plates: [
          step('askReaders', {
            action: 'SENSOR_ACTIVATE',
            with: { what: 'lpr-one-plate', radiusM: 20_000, keepMinutes: 60, caseNumber, purpose: 'wanted-vehicle' },
            within: '60s',
            retries: 1,
            onFailure: 'degrade',
            undo: 'auto',
          }),
        ],
      },
      { when: confirmed },
    ),
    approval('allowBolo', {
      when: confirmed,
      ask: 'supervisor',
      question:
        'Shall all units look out for this vehicle for 24 hours? The record was confirmed; whether to stop it is each officer’s decision.',
      within: '10m',
      onSilence: 'refuse',
      then: [
        step('issueBolo', {
          action: 'BOLO_ISSUE',
          with: {
            subject: 'vehicle',
            reference: caseNumber,
            expires: '24h',
            owner: 'supervisor',
            cancelText: 'The look-out for this vehicle is cancelled: it was found or its record cleared. Do not stop it on this account.',
          },
          within: '60s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('sendPatrols', {
      action: 'PATROL_REROUTE',
      when: confirmed,
      with: { mode: 'canvass', radiusM: 3000, approach: 'staged' },
      needs: { OFFICER: 2, VEHICLE: 1 },
      within: '2m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('adviseTactics', {
      action: 'TACTICAL_ANALYSIS',
      when: confirmed,
      with: { question: 'containment', radiusM: 1000, label: 'advice', expires: '5m' },
      within: '30s',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('preserveEvidence', {
      action: 'EVIDENCE_COLLECTION',
      when: confirmed,
      with: { sources: ['lpr', 'cameras', 'cad-recording'], beforeMinutes: 10, afterMinutes: 60 },
      within: '2m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      when: confirmed,
      with: { kind: 'hot-vehicle', incidentId: incident },
      within: '60s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('releasePatrols', {
      action: 'RESOURCE_RELEASE',
      with: { which: 'ground' },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    approval('endLookOut', {
      when: confirmed,
      ask: 'supervisor',
      question:
        'Was the vehicle found, or its record cleared? A yes cancels the look-out with everyone told; without one it ends after its day.',
      within: '24h',
      onSilence: 'refuse',
      then: [
        step('cancelBolo', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'hot-vehicle', to: 'bolo-recipients', purpose: 'cancel' },
          within: '2m',
          retries: 5,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
    }),
    ...closing,
  ],
});
