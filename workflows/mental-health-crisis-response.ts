// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { any, said } from './language/condition.ts';
import { approval, defineWorkflow, parallel, repeat, step } from './language/define.ts';
import { chain, event, manual } from './language/event.ts';
import { place } from './language/input.ts';
import { closing, incident, oneClinician, opening } from './usual.ts';

const calm = said('THREAT_ASSESSMENT', 'reassess', 'level', 'LOW');
const armed = said('THREAT_ASSESSMENT', 'reassess', 'weapon', true);

/**
 * No step here may fail or hold: each is help, or asks whether help is still right, and a person in crisis does not wait for a form.
 * Silence about transport leaves the person where they are, with the clinician: taking somebody along is too near to custody to climb past one.
 */
export const mentalHealthCrisisResponse = defineWorkflow({
  name: 'mental-health-crisis-response',
  title: 'Mental health crisis response',
  version: 1,
  purpose:
    'A person is in crisis and nobody has spoken of a weapon. A clinician goes, the 988 line is asked to help, and what is known is looked at again every two minutes until the person is calm or a weapon appears, of which a supervisor is told at once. ' +
    'An officer trained in crisis intervention stands by, out of sight, with advice on slowing things down. Where the person is willing, a clinician and a supervisor may decide on transport, and the facility is told to expect somebody. ' +
    'Nothing here holds a person against their will: only an officer, a court or a clinician can begin that (FS 394.463(2)(a)), by their own hand. No drone looks at a home, and no flag of danger stays on a name or an address.',
  priority: 'HIGH',
  timeout: '4h',
  on: [
    event({
      type: ['call.mental-health', 'line-988.handover'],
      source: ['cad_system', 'dispatch'],
      notRejected: true,
      // EventBridge has no "not true".
      data: { weapon: [false, null, { exists: false }] },
      why: 'a call about a person in crisis, or one handed over by the 988 line, and no weapon in it',
    }),
    chain(
      'crisis-escalation-response',
      { status: ['COMPLETED'], said: { assessThreat: { weapon: [false], level: ['LOW', 'GUARDED'] } } },
      'the escalation is over, no weapon was found, and the person still needs care',
    ),
    manual('an officer or a dispatcher sees a person who needs care'),
  ],
  inputs: { location: place() },
  guardrails: ['hipaa', 'due-process', 'bias-detection'],
  steps: [
    opening,
    step('screen', {
      action: 'HUMAN_STABILITY_ALERT',
      with: { screen: 'crisis', expires: '24h' },
      legalBasis: '45 CFR 164.512(j)',
      within: '30s',
      retries: 1,
      onFailure: 'degrade',
      undo: 'auto',
    }),
    parallel('firstHelp', {
      clinician: [
        step('sendClinician', {
          action: 'CO_RESPONDER_DISPATCH',
          with: { mode: 'in-person', with: 'cit-officer' },
          needs: { DISPATCH_UNIT: oneClinician },
          legalBasis: '45 CFR 164.512(j)',
          within: '3m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      line: [
        step('ask988', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'mental-health', to: '988', purpose: 'request' },
          legalBasis: '45 CFR 164.512(j)',
          within: '1m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    parallel('careAndWatch', {
      watch: [
        repeat('watch', {
          every: '2m',
          times: 60,
          until: any(calm, armed),
          steps: [
            step('reassess', {
              action: 'THREAT_ASSESSMENT',
              with: { topic: 'mental-health', basis: 'reported-conduct' },
              within: '1m',
              retries: 1,
              onFailure: 'degrade',
              undo: 'never',
            }),
          ],
        }),
        step('tellOfWeapon', {
          when: armed,
          action: 'SUPERVISOR_ALERT',
          with: { topic: 'crisis', role: 'supervisor' },
          within: '15s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
      care: [
        step('standBy', {
          action: 'OFFICER_ALERT',
          with: {
            topic: 'mental-health',
            radiusM: 3000,
            escalateToVoiceAfter: '15s',
            premiseHazards: 'attached',
            to: 'cit',
            posture: 'standby',
          },
          within: '10s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
        step('adviseCalm', {
          action: 'TACTICAL_ANALYSIS',
          with: { question: 'de-escalation', radiusM: 200, label: 'advice', expires: '5m' },
          within: '1m',
          retries: 1,
          onFailure: 'degrade',
          undo: 'never',
        }),
        approval('agreeTransport', {
          ask: 'clinician',
          second: 'supervisor',
          question: 'Is the person willing to be taken to a facility, and does the clinician find it right? A no leaves care where it is.',
          within: '30m',
          onSilence: 'refuse',
          then: [
            step('holdTransport', {
              action: 'RESOURCE_ALLOCATE',
              with: { purpose: 'transport', topic: 'mental-health' },
              needs: { DISPATCH_UNIT: { count: 1, capabilities: ['transport'] } },
              within: '5m',
              retries: 1,
              onFailure: 'degrade',
              undo: 'human',
            }),
            step('tellFacility', {
              action: 'NOTIFICATION_SEND',
              with: { topic: 'mental-health', to: 'facility', purpose: 'request' },
              legalBasis: '45 CFR 164.512(j)',
              within: '2m',
              retries: 2,
              onFailure: 'degrade',
              undo: 'human',
            }),
          ],
        }),
      ],
    }),
    step('planFollowUp', {
      action: 'INVESTIGATION_UPDATE',
      with: { change: 'follow-up', incidentId: incident },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
    }),
    ...closing,
  ],
});
