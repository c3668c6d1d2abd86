// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { all, given, has, not, startedBy } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { api, atLeast, event, manual } from './language/event.ts';
import { code, place, reference } from './language/input.ts';
import { closing, notDrill, oneDrone, oneMedic, opening } from './usual.ts';

/** The site agreed beforehand that its panic button locks it. A claim in a person's request is not the button. */
const panicButton = all(startedBy('EVENT'), given('report', 'panic.active-shooter'));

/** The way out stays open whatever is locked, and only a named person ends it. */
const lock = {
  target: 'building',
  site: '{% $states.input.inputs.site %}',
  egress: 'open',
  endedBy: 'incident_commander',
  exercise: false,
} as const;

/**
 * The lockdown waits for whoever is slowest in the first minute, so nothing there may take longer than 10 s.
 * Units are asked for in small bundles: a bundle is all or nothing, and two officers now are worth more than six who are not free.
 */
export const activeShooterResponse = defineWorkflow({
  name: 'active-shooter-response',
  title: 'Active shooter response',
  version: 1,
  purpose:
    'Somebody is shooting at people: a panic button says so, or a caller whom a second source bears out. Officers nearby and the watch commander are told at once, the nearest two go straight in, ' +
    'more are held, medics stage out of sight and cameras turn to the scene. A panic button locks its site as was agreed beforehand; otherwise the incident commander or the site’s official decides. ' +
    'Two persons decide on a warning to the public. It never unlocks a door, never blocks the way out, and never calls officers back; a lockdown ends only by a named person.',
  priority: 'CRITICAL',
  timeout: '8h',
  on: [
    event({
      type: 'panic.active-shooter',
      source: ['sensor_grid', 'officer_safety', 'cad_system'],
      data: notDrill,
      notRejected: true,
      why: 'a panic button, for which the site’s lockdown was agreed beforehand (Fla. Stat. 1006.07(4)(c) demands one of public schools)',
    }),
    event({
      type: 'call.active-shooter',
      source: ['cad_system', 'dispatch'],
      data: notDrill,
      independentSources: atLeast(2),
      notRejected: true,
      why: 'a call that a second, independent source bears out',
    }),
    manual('an officer on scene or the watch commander declares it'),
    api('a dispatcher starts it from CAD'),
  ],
  inputs: {
    location: place({ required: true }),
    report: code('type', ['panic.active-shooter', 'call.active-shooter']),
    site: reference('data.site'),
  },
  supersedes: ['gunfire-response'],
  guardrails: ['fourth-amendment-drone-surveillance', 'florida-drone-statute', 'surveillance-technology-authorisation', 'community-trust'],
  steps: [
    opening,
    parallel('firstMinute', {
      officers: [
        step('alertOfficers', {
          action: 'OFFICER_ALERT',
          with: { topic: 'active-shooter', radiusM: 5000, escalateToVoiceAfter: '15s', premiseHazards: 'attached' },
          within: '5s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      supervisor: [
        step('alertSupervisor', {
          action: 'SUPERVISOR_ALERT',
          with: { topic: 'active-shooter', role: 'watch_commander' },
          within: '10s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      contact: [
        step('sendContactTeam', {
          action: 'PATROL_REROUTE',
          with: { mode: 'respond', approach: 'direct' },
          needs: { OFFICER: 2, VEHICLE: 1 },
          within: '10s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      reserve: [
        step('holdReserve', {
          action: 'RESOURCE_ALLOCATE',
          with: { purpose: 'respond', topic: 'active-shooter' },
          needs: { OFFICER: 2, VEHICLE: 1, DISPATCH_UNIT: oneMedic },
          within: '10s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      medics: [
        step('stageMedics', {
          action: 'NOTIFICATION_SEND',
          with: { topic: 'active-shooter', to: 'ems', purpose: 'staging' },
          within: '10s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
      cameras: [
        step('turnCameras', {
          action: 'SENSOR_ACTIVATE',
          with: { what: 'cameras', radiusM: 500, keepMinutes: 240, purpose: 'scene-safety' },
          within: '10s',
          retries: 1,
          onFailure: 'degrade',
          undo: 'auto',
        }),
      ],
    }),
    step('lockAtOnce', {
      action: 'LOCKDOWN_INITIATE',
      when: all(panicButton, has('site')),
      with: lock,
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'human',
      lifeSafety: { review: '24h' },
    }),
    approval('orderLockdown', {
      when: all(not(panicButton), has('site')),
      ask: 'incident_commander',
      question: 'Shall the site be locked, with every way out left open? Only a named person ends it.',
      within: '30s',
      onSilence: 'escalate',
      escalateTo: ['school_official', 'watch_commander'],
      then: [
        step('lockAsOrdered', {
          action: 'LOCKDOWN_INITIATE',
          with: lock,
          within: '30s',
          retries: 2,
          onFailure: 'degrade',
          undo: 'human',
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
    approval('warnPublic', {
      ask: 'incident_commander',
      second: 'watch_commander',
      question: 'Shall everybody within 2 km be told to stay away or shelter, for two hours? Two persons decide.',
      within: '60s',
      onSilence: 'escalate',
      escalateTo: ['chief'],
      then: [
        step('broadcastWarning', {
          action: 'EMERGENCY_BROADCAST',
          with: {
            topic: 'active-shooter',
            audience: 'public',
            area: { radiusM: 2000 },
            languages: ['en', 'es', 'ht'],
            accessible: true,
            expires: '2h',
            owner: 'incident_commander',
            cancelText: 'The police have ended the warning for this area. You may go about as usual.',
            exercise: false,
          },
          within: '60s',
          onFailure: 'degrade',
          undo: 'human',
        }),
      ],
    }),
    step('sendDrone', {
      action: 'DRONE_DISPATCH',
      with: { purpose: 'scene-overview', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot', maxMinutes: 20 },
      legalBasis: 'FS 934.50(4)(c)',
      needs: { DRONE: oneDrone },
      within: '90s',
      onFailure: 'degrade',
      undo: 'auto',
    }),
    step('tellPartners', {
      action: 'FUSION_CLOUD_SYNC',
      with: { index: 'state', purpose: 'share', for: 'criminal-justice' },
      within: '2m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('preserveEvidence', {
      action: 'EVIDENCE_COLLECTION',
      with: { sources: ['cameras', 'gunshot-audio', 'drone-video', 'cad-recording'], beforeMinutes: 30, afterMinutes: 240 },
      within: '2m',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    ...closing,
  ],
});
