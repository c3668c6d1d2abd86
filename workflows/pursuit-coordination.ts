// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { any, not, said } from './language/condition.ts';
import { approval, defineWorkflow, parallel, repeat, step } from './language/define.ts';
import { event, manual } from './language/event.ts';
import { code, place } from './language/input.ts';
import { closing, incident, opening } from './usual.ts';

const REASONS = ['violent-crime', 'imminent-threat', 'other'] as const;

/** The units that pursue have stopped, whatever made them. */
const standsStill = said('TACTICAL_ANALYSIS', 'weighPursuit', 'moving', false);

/**
 * Three quarters of an hour of rounds at the least, for a supervisor who answers at once. A round's question is the supervisor's acknowledgement as well, so its clock is 60 s;
 * on silence officers are advised to end it, again each round until somebody heard.
 */
export const pursuitCoordination = defineWorkflow({
  name: 'pursuit-coordination',
  title: 'Pursuit coordination',
  version: 1,
  purpose:
    'An officer declared a pursuit and its reason. The supervisor is told, patrols clear the way ahead, the helicopter is held and neighbouring agencies know what comes towards them. ' +
    'Every half minute the risk is weighed anew and the supervisor says whether it goes on; on a no, or after a minute of silence, the officers are advised to end it. ' +
    'Each use of spikes, at one place, is a supervisor’s decision, and so is a look-out for the vehicle afterwards. It starts no pursuit, sets no spikes, touches no vehicle and advises no ramming.',
  priority: 'HIGH',
  timeout: '4h',
  on: [
    event({
      type: 'pursuit.declared',
      source: ['cad_system', 'dispatch', 'officer_safety'],
      data: { reason: [...REASONS] },
      why: 'an officer declared it and gave the reason (PERF/COPS 2023: only after a violent crime, with an imminent risk of another)',
    }),
    manual('a dispatcher takes the declaration by radio'),
  ],
  inputs: { location: place({ required: true }), reason: code('data.reason', REASONS, { required: true }) },
  guardrails: ['proportionality', 'community-trust'],
  steps: [
    opening,
    parallel('announce', {
      supervisor: [
        step('alertSupervisor', {
          action: 'SUPERVISOR_ALERT',
          with: { topic: 'pursuit', role: 'supervisor' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      ground: [
        step('clearTheWay', {
          action: 'PATROL_REROUTE',
          with: { mode: 'perimeter', radiusM: 3000, approach: 'staged' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '30s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      air: [
        step('holdHelicopter', {
          action: 'RESOURCE_ALLOCATE',
          with: { purpose: 'air', topic: 'pursuit' },
          needs: { HELICOPTER: 1 },
          within: '30s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
      neighbours: [
        step('tellNeighbours', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'pursuit', to: 'neighbours', purpose: 'inform' },
          within: '30s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    repeat('watchPursuit', {
      every: '30s',
      times: 90,
      until: any(standsStill, said('OFFICER_ALERT', 'adviseEnd', 'heard', true)),
      steps: [
        step('weighPursuit', {
          action: 'TACTICAL_ANALYSIS',
          with: { question: 'continue-or-stop', radiusM: 3000, label: 'advice', expires: '5m' },
          within: '10s',
          onFailure: 'degrade',
          undo: 'never',
        }),
        approval('continuePursuit', {
          when: not(standsStill),
          ask: 'supervisor',
          question: 'Shall the pursuit go on? A no, or silence, advises the officers to end it.',
          within: '60s',
          onSilence: 'refuse',
          then: [
            approval('allowSpikes', {
              when: said('TACTICAL_ANALYSIS', 'weighPursuit', 'placeForSpikes', true),
              ask: 'supervisor',
              question: 'May a crew make spikes ready at the place ahead, this once? Whether they are used is the crew’s decision.',
              within: '30s',
              onSilence: 'refuse',
              then: [
                parallel('readySpikes', {
                  crew: [
                    step('holdSpikeCrew', {
                      action: 'RESOURCE_ALLOCATE',
                      with: { purpose: 'spikes', topic: 'pursuit' },
                      needs: { OFFICER: 2, VEHICLE: { count: 1, capabilities: ['spikes'] } },
                      within: '15s',
                      onFailure: 'degrade',
                      undo: 'auto',
                    }),
                  ],
                  officers: [
                    step('alertOfficers', {
                      action: 'OFFICER_ALERT',
                      with: { topic: 'pursuit', radiusM: 5000, escalateToVoiceAfter: '15s', premiseHazards: 'attached' },
                      within: '15s',
                      retries: 2,
                      onFailure: 'degrade',
                      undo: 'human',
                    }),
                  ],
                }),
              ],
            }),
          ],
          otherwise: [
            parallel('endPursuit', {
              officers: [
                step('adviseEnd', {
                  action: 'OFFICER_ALERT',
                  with: {
                    topic: 'pursuit',
                    radiusM: 10_000,
                    escalateToVoiceAfter: '5s',
                    premiseHazards: 'attached',
                    advice: 'end-pursuit',
                  },
                  within: '15s',
                  retries: 2,
                  onFailure: 'degrade',
                  undo: 'human',
                }),
              ],
              neighbours: [
                step('adviseNeighbours', {
                  action: 'NOTIFICATION_SEND',
                  with: { topic: 'pursuit', to: 'neighbours', purpose: 'advise-termination' },
                  within: '30s',
                  retries: 2,
                  onFailure: 'degrade',
                  undo: 'human',
                }),
              ],
            }),
          ],
        }),
      ],
    }),
    approval('lookOut', {
      ask: 'supervisor',
      question: 'Shall all units look out for the vehicle for the next 12 hours? Say no if it was stopped.',
      within: '5m',
      onSilence: 'refuse',
      then: [
        step('issueBolo', {
          action: 'BOLO_ISSUE',
          with: {
            subject: 'vehicle',
            reference: incident,
            expires: '12h',
            owner: 'supervisor',
            cancelText: 'The look-out for the vehicle of this pursuit is cancelled. Do not stop it on this account.',
          },
          within: '60s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('preserveEvidence', {
      action: 'EVIDENCE_COLLECTION',
      with: { sources: ['cameras', 'cad-recording'], beforeMinutes: 15, afterMinutes: 60 },
      within: '2m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'pursuit', incidentId: incident },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    ...closing,
  ],
});
