import { has } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { api, atLeast, event } from './language/event.ts';
import { number, place, reference } from './language/input.ts';
import { closing, incident, notDrill, opening } from './usual.ts';

/**
 * The snapshot holds where it fails: once a segment is separated, what ran in it is gone, so a person decides whether to go on without. Nobody's help waits for it.
 * The state must hear of ransomware within twelve hours and of the rest within 48 (FS 282.3185(5)); the first notice keeps to the shorter, whatever it turns out to be.
 * The roles have no PSAP manager; a supervisor of the dispatch floor speaks for the PSAP, and its manager is told.
 */
export const cyberAttackResponse = defineWorkflow({
  name: 'cyber-attack-response',
  title: 'Cyber attack response',
  version: 1,
  purpose:
    'The city’s systems are attacked, gravely or by ransomware. The watch commander, the information-security officer and the manager of the 911 centre are told, and a snapshot is kept before anything changes. ' +
    'The security officer and a supervisor of the dispatch floor together may separate the network segment concerned; calls for help, CAD and radio stay connected whatever it is, and only the security officer joins it again. A channel is held for working by hand, ' +
    'partners are asked what they have seen, and the state, its cybercrime office and the sheriff get the first notice within the time the law gives; people write the report that follows. ' +
    'Nothing here cuts off 911, CAD or radio, wipes a machine, or answers or pays anybody (FS 282.3186).',
  priority: 'HIGH',
  timeout: '12h',
  on: [
    event({
      type: 'cyber.incident',
      source: 'cyber_intel',
      notRejected: true,
      data: { ...notDrill, severity: [atLeast(3)] },
      why: 'an incident of severity 3 or more, which the state must hear of',
    }),
    event({ type: 'cyber.ransomware', source: 'cyber_intel', notRejected: true, data: notDrill, why: 'ransomware, however severe' }),
    api('the security officer’s own tool starts it'),
  ],
  inputs: {
    location: place(),
    severity: number('data.severity'),
    segment: reference('data.segment'),
  },
  guardrails: ['due-process'],
  steps: [
    opening,
    step('assessThreat', {
      action: 'THREAT_ASSESSMENT',
      with: { topic: 'cyber-attack', basis: 'sensor' },
      within: '5m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel('informAndKeep', {
      supervisor: [
        step('alertSupervisor', {
          action: 'SUPERVISOR_ALERT',
          with: { topic: 'cyber-attack', role: 'watch_commander' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
      securityOfficer: [
        step('tellSecurityOfficer', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'cyber-attack', to: 'ciso', purpose: 'inform' },
          within: '2m',
          retries: 3,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      callCentre: [
        step('tellCallCentre', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'cyber-attack', to: 'psap-manager', purpose: 'inform' },
          within: '2m',
          retries: 3,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      snapshot: [
        step('keepSnapshot', {
          action: 'EVIDENCE_COLLECTION',
          with: { sources: ['network-snapshot'], beforeMinutes: 60, afterMinutes: 0 },
          within: '5m',
          retries: 2,
          onFailure: 'hold',
          undo: 'never',
        }),
      ],
    }),
    approval('approveIsolation', {
      when: has('segment'),
      // Who answers for the dispatch floor may be another watch commander; the security officer's yes is never gone round.
      ask: 'supervisor',
      second: 'ciso',
      question:
        'Shall the segment be separated from the network? 911, CAD and radio stay connected; can the dispatch floor work by hand for what else hangs on it?',
      within: '10m',
      onSilence: 'escalate',
      escalateTo: ['watch_commander'],
      // biome-ignore lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
      then: [
        step('isolateSegment', {
          action: 'LOCKDOWN_INITIATE',
          with: {
            target: 'network-segment',
            site: '{% $states.input.inputs.segment %}',
            spares: '911-cad-radio',
            egress: 'open',
            endedBy: 'ciso',
            exercise: false,
          },
          within: '2m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('holdFallback', {
      action: 'RESOURCE_ALLOCATE',
      with: { purpose: 'fallback', topic: 'cyber-attack' },
      needs: { COMMUNICATION_CHANNEL: 1 },
      within: '2m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('askPartners', {
      action: 'FUSION_CLOUD_SYNC',
      with: { index: 'state', purpose: 'search', for: 'cyber-incident' },
      within: '5m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel('firstNotice', {
      state: [
        step('tellState', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'cyber-attack', to: 'state', purpose: 'report', for: 'cyber-incident', due: '12h' },
          legalBasis: 'FS 282.3185(5)',
          within: '10m',
          retries: 5,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      cybercrimeOffice: [
        step('tellCybercrimeOffice', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'cyber-attack', to: 'fdle-cybercrime', purpose: 'report', due: '12h' },
          legalBasis: 'FS 282.3185(5)',
          within: '10m',
          retries: 5,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      sheriff: [
        step('tellSheriff', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'cyber-attack', to: 'sheriff', purpose: 'report', due: '12h' },
          legalBasis: 'FS 282.3185(5)',
          within: '10m',
          retries: 5,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('openInvestigation', {
      action: 'INVESTIGATION_CREATE',
      with: { kind: 'cyber-attack', incidentId: incident },
      within: '1m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    ...closing,
  ],
});
