// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { not, said } from './language/condition.ts';
import { approval, defineWorkflow, step } from './language/define.ts';
import { event, manual } from './language/event.ts';
import { place, reference } from './language/input.ts';
import { closing, incident, opening } from './usual.ts';

const clear = said('FUSION_CLOUD_SYNC', 'checkDeconfliction', 'deconflicted', true);

/**
 * Nobody waits for help here: the file and the deconfliction are conditions of the operation, so where either fails the run fails. Evidence and the case hold until a person has seen that they failed.
 * No drone flies: FS 934.50(3) forbids it, and the exception in (4)(b) would need a warrant that names the drone. The roles have no case agent: the plan is his word, and an intelligence officer speaks for the investigation.
 */
export const drugOperationResponse = defineWorkflow({
  name: 'drug-operation-response',
  title: 'Drug operation',
  version: 1,
  purpose:
    'A case agent’s approved plan, with a case and a judge’s warrant; a tip starts nothing. The investigation is opened, and the DEA’s deconfliction desk is told and asked: where another operation stands in the way, nothing further happens and a supervisor knows why. ' +
    'Cameras on public ground turn to what the warrant names, officers are staged, advice on containment is given, and those whom the plan names are told on their closed channel, nobody else. A supervisor and an intelligence officer say go or no-go; silence is no-go. ' +
    'On a go patrols take the outer perimeter, evidence is kept and a detective writes the case. Nothing here looks into a home, puts a tracker on anything, feeds an open channel, or enters: who goes through a door, and when, is said by people to people.',
  priority: 'MEDIUM',
  timeout: '12h',
  on: [
    event({
      type: 'operation.planned',
      source: 'investigations',
      notRejected: true,
      data: { case: [{ exists: true }] },
      why: 'investigations state an approved plan under a case number; no other source and no tip can',
    }),
    manual('the case agent starts the plan'),
  ],
  inputs: { location: place({ required: true }), case: reference('data.case', { required: true }) },
  guardrails: [
    'warrant-requirements',
    'fourth-amendment-tracking',
    'surveillance-technology-authorisation',
    'proportionality',
    'due-process',
  ],
  steps: [
    opening,
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'drug-operation', incidentId: incident },
      within: '1m',
      retries: 2,
      onFailure: 'fail',
      undo: 'human',
    }),
    step('tellDeconfliction', {
      action: 'NOTIFICATION_SEND',
      with: { topic: 'drug-operation', to: 'dea', purpose: 'deconflict', for: 'deconfliction' },
      within: '5m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('checkDeconfliction', {
      action: 'FUSION_CLOUD_SYNC',
      with: { index: 'dea', purpose: 'confirm', for: 'deconfliction' },
      within: '10m',
      retries: 2,
      onFailure: 'fail',
      undo: 'never',
    }),
    step('tellOfConflict', {
      when: not(clear),
      action: 'SUPERVISOR_ALERT',
      with: { topic: 'drug-operation', role: 'supervisor' },
      within: '1m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('turnCameras', {
      when: clear,
      action: 'SENSOR_ACTIVATE',
      with: { what: 'cameras', radiusM: 300, keepMinutes: 240, caseNumber: '{% $states.input.inputs.case %}', purpose: 'warrant' },
      within: '1m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'auto',
    }),
    step('stageOfficers', {
      when: clear,
      action: 'RESOURCE_ALLOCATE',
      with: { purpose: 'staging', topic: 'drug-operation' },
      needs: { OFFICER: 2, VEHICLE: 1 },
      within: '5m',
      retries: 1,
      onFailure: 'hold',
      undo: 'auto',
    }),
    step('adviseContainment', {
      when: clear,
      action: 'TACTICAL_ANALYSIS',
      with: { question: 'containment', radiusM: 300, label: 'advice', expires: '5m' },
      within: '1m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('tellCompartment', {
      when: clear,
      action: 'OFFICER_ALERT',
      with: {
        topic: 'drug-operation',
        radiusM: 1000,
        escalateToVoiceAfter: '15s',
        premiseHazards: 'attached',
        to: 'compartment',
        posture: 'standby',
      },
      within: '1m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    approval('decideGo', {
      when: clear,
      ask: 'supervisor',
      second: 'intelligence_officer',
      question:
        'Go or no-go: is the warrant live and unserved, does it cover this place and time, and is everybody whom the plan names in position?',
      within: '2h',
      onSilence: 'refuse',
      then: [
        step('holdPerimeter', {
          action: 'PATROL_REROUTE',
          with: { mode: 'perimeter', radiusM: 300, approach: 'staged' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '5m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
        step('preserveEvidence', {
          action: 'EVIDENCE_COLLECTION',
          with: { sources: ['cameras', 'cad-recording'], beforeMinutes: 60, afterMinutes: 120 },
          within: '5m',
          retries: 2,
          onFailure: 'hold',
          undo: 'never',
        }),
        step('prepareCase', {
          action: 'CASE_GENERATION',
          with: { kind: 'drug-operation', author: 'detective', reviewInDays: 90 },
          within: '1m',
          retries: 2,
          onFailure: 'hold',
          undo: 'human',
        }),
      ],
      otherwise: [
        step('noteNoGo', {
          action: 'INVESTIGATION_UPDATE',
          with: { change: 'add-record', incidentId: incident },
          within: '1m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    ...closing,
  ],
});
