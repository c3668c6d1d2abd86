// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { all, any, not, said } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { event } from './language/event.ts';
import { flag, place, reference } from './language/input.ts';
import { closing, opening } from './usual.ts';

const confirmed = said('FUSION_CLOUD_SYNC', 'confirmRecord', 'match', 'confirmed');

/** Two or more officers, guns perhaps drawn: the stop that Green v. San Francisco was about. */
const highRisk = any(
  said('THREAT_ASSESSMENT', 'assessThreat', 'level', 'HIGH'),
  said('THREAT_ASSESSMENT', 'assessThreat', 'level', 'EXTREME'),
  said('THREAT_ASSESSMENT', 'assessThreat', 'weapon', true),
);

/** All of it stands behind the comparison: on a no, or after a minute of silence, nothing at all is done with the hit. */
export const lprHotHitResponse = defineWorkflow({
  name: 'lpr-hot-hit-response',
  title: 'Plate reader hot hit response',
  version: 1,
  purpose:
    'A plate reader hit a wanted plate, and there is an image. A dispatcher compares plate, state and vehicle with the record by eye, within a minute; then the agency that entered the record confirms it. ' +
    'Only then is the threat assessed, are officers told, may a supervisor let patrols know where the vehicle may be going, and are patrols sent; for a high-risk stop a supervisor decides on that as well. ' +
    'Nobody is told or sent on a hit that no person compared, on a partial plate or without an image. It predicts no person, stops nobody, and keeps nothing of plates that did not hit.',
  priority: 'HIGH',
  timeout: '1h',
  on: [
    event({
      type: 'plate.hit',
      source: 'lpr_network',
      data: { image: [true], partial: [false, null, { exists: false }] },
      why: 'a hit with an image to compare (Green v. City & County of San Francisco, 751 F.3d 1039, 9th Cir. 2014)',
    }),
  ],
  inputs: {
    location: place({ required: true }),
    image: flag('data.image', { required: true }),
    case: reference('data.case'),
  },
  guardrails: ['verified-hit', 'fourth-amendment-tracking', 'surveillance-technology-authorisation', 'data-retention'],
  steps: [
    opening,
    approval('comparePlate', {
      ask: 'dispatcher',
      question: 'Do plate, state and vehicle in the image agree with the record? Compare all three; if one cannot be read, say no.',
      within: '60s',
      onSilence: 'refuse',
      then: [
        step('confirmRecord', {
          action: 'FUSION_CLOUD_SYNC',
          with: { index: 'ncic', purpose: 'confirm', for: 'criminal-justice' },
          within: '10m',
          retries: 3,
          onFailure: 'fail',
          undo: 'never',
        }),
        parallel(
          'assess',
          {
            threat: [
              step('assessThreat', {
                action: 'THREAT_ASSESSMENT',
                with: { topic: 'lpr-hit', basis: 'record' },
                within: '30s',
                retries: 1,
                onFailure: 'degrade',
                undo: 'never',
              }),
            ],
            registration: [
              step('askRegistration', {
                action: 'FUSION_CLOUD_SYNC',
                with: { index: 'nlets', purpose: 'search', for: 'criminal-justice' },
                within: '30s',
                retries: 1,
                onFailure: 'degrade',
                undo: 'never',
              }),
            ],
            tactics: [
              step('adviseTactics', {
                action: 'TACTICAL_ANALYSIS',
                with: { question: 'containment', radiusM: 1000, label: 'advice', expires: '5m' },
                within: '30s',
                retries: 1,
                onFailure: 'degrade',
                undo: 'never',
              }),
            ],
          },
          { when: confirmed },
        ),
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          when: confirmed,
          with: { topic: 'lpr-hit', radiusM: 5000, escalateToVoiceAfter: '15s', premiseHazards: 'attached' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
        approval('shareRoutes', {
          when: confirmed,
          ask: 'supervisor',
          question: 'Shall patrols be told where this vehicle may be within the hour? The vehicle only, never who drives it.',
          within: '2m',
          onSilence: 'refuse',
          then: [
            step('predictVehicle', {
              action: 'PREDICTIVE_ALERT',
              with: { about: 'vehicle', radiusM: 5000, horizon: '1h', expires: '1h' },
              within: '30s',
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
        }),
        step('sendPatrols', {
          action: 'PATROL_REROUTE',
          when: all(confirmed, not(highRisk)),
          with: { mode: 'canvass', radiusM: 3000, approach: 'staged' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '2m',
          retries: 1,
          onFailure: 'degrade',
          undo: 'human',
        }),
        approval('allowHighRisk', {
          when: all(confirmed, highRisk),
          ask: 'supervisor',
          question:
            'The assessment speaks of a high risk. Shall four officers be sent to stand ready? Whether to stop it is theirs to decide.',
          within: '3m',
          onSilence: 'refuse',
          then: [
            step('sendFourOfficers', {
              action: 'PATROL_REROUTE',
              with: { mode: 'perimeter', radiusM: 1000, approach: 'staged' },
              needs: { OFFICER: 4, VEHICLE: 2 },
              within: '2m',
              retries: 1,
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
        }),
        step('alertSupervisor', {
          action: 'SUPERVISOR_ALERT',
          when: confirmed,
          with: { topic: 'lpr-hit', role: 'supervisor' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
        step('preserveEvidence', {
          action: 'EVIDENCE_COLLECTION',
          when: confirmed,
          with: { sources: ['lpr', 'cameras', 'cad-recording'], beforeMinutes: 10, afterMinutes: 30 },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
    }),
    ...closing,
  ],
});
