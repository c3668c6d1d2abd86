// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { not, startedBy } from './language/condition.ts';
import { approval, defineWorkflow, parallel, step } from './language/define.ts';
import { event, manual, schedule } from './language/event.ts';
import { code, place } from './language/input.ts';
import { closing, notDrill, oneDrone, opening } from './usual.ts';

/** The season's readiness run tells the operations centre alone: an alert that is none has frightened a whole state before (Hawaii, 2018). */
const readiness = startedBy('SCHEDULE');
const real = not(readiness);

/**
 * No step here may fail or hold: each is help or a warning. A later CAP update or cancellation of the same warning joins the incident and amends what is under way; it starts nothing.
 * FS 934.50(4)(g) needs a declared emergency, which a warning is not: until it is declared, the damage survey is refused and that is said.
 * Roads and shelters do not wait for the word on a broadcast.
 */
export const naturalDisasterResponse = defineWorkflow({
  name: 'natural-disaster-response',
  title: 'Natural disaster response',
  version: 1,
  purpose:
    'A real warning, severe or worse, for now or soon. The watch commander and the emergency operations centre are told, boats and rescues are held, shelters are looked at. The emergency-management director and a watch commander together may warn the public and the zones concerned; ' +
    'roads that flood are closed, units are held for the shelters, and once the emergency is declared and the director finds it safe, a drone surveys the damage for the state’s index. ' +
    'Nothing here orders an evacuation: that is for the Governor or the local authority, by their own signature. Once a year, before the season, it asks the operations centre whether it is ready, and does nothing else.',
  priority: 'CRITICAL',
  timeout: '24h',
  on: [
    event({
      type: 'weather.alert',
      source: ['weather_service', 'emergency_mgmt'],
      data: {
        ...notDrill,
        status: ['Actual'],
        severity: ['Severe', 'Extreme'],
        urgency: ['Immediate', 'Expected'],
        msgType: ['Alert', 'Update', { exists: false }],
        expired: [{ exists: false }],
      },
      why: 'a CAP warning, no exercise, no cancellation and not run out, severe or extreme, immediate or expected',
    }),
    schedule('cron(0 9 1 6 ? *)', 'the hurricane season begins: is the operations centre ready?'),
    manual('an emergency manager sees it before any warning'),
  ],
  inputs: { location: place(), severity: code('data.severity', ['Severe', 'Extreme']) },
  guardrails: ['fourth-amendment-drone-surveillance', 'florida-drone-statute', 'surveillance-technology-authorisation'],
  steps: [
    opening,
    step('askReadiness', {
      when: readiness,
      action: 'NOTIFICATION_SEND',
      with: { topic: 'natural-disaster', to: 'eoc', purpose: 'readiness' },
      within: '5m',
      retries: 3,
      onFailure: 'degrade',
      undo: 'human',
    }),
    step('assessThreat', {
      when: real,
      action: 'THREAT_ASSESSMENT',
      with: { topic: 'natural-disaster', basis: 'sensor' },
      within: '1m',
      retries: 1,
      onFailure: 'degrade',
      undo: 'never',
    }),
    step('alertSupervisor', {
      when: real,
      action: 'SUPERVISOR_ALERT',
      with: { topic: 'natural-disaster', role: 'watch_commander' },
      within: '30s',
      retries: 2,
      onFailure: 'degrade',
      undo: 'never',
    }),
    parallel(
      'prepare',
      {
        units: [
          step('holdBoats', {
            action: 'RESOURCE_ALLOCATE',
            with: { purpose: 'staging', topic: 'natural-disaster' },
            needs: { BOAT: 1, DISPATCH_UNIT: 1 },
            within: '2m',
            retries: 2,
            onFailure: 'degrade',
            undo: 'human',
          }),
        ],
        operations: [
          step('tellOperationsCentre', {
            action: 'NOTIFICATION_SEND',
            with: { topic: 'natural-disaster', to: 'eoc', purpose: 'inform' },
            within: '2m',
            retries: 3,
            onFailure: 'degrade',
            undo: 'human',
          }),
        ],
        shelters: [
          step('lookAtShelters', {
            action: 'SENSOR_ACTIVATE',
            with: { what: 'shelters', radiusM: 10_000, keepMinutes: 60, purpose: 'scene-safety' },
            within: '1m',
            retries: 1,
            onFailure: 'degrade',
            undo: 'auto',
          }),
        ],
      },
      { when: real },
    ),
    parallel(
      'warnAndShelter',
      {
        warning: [
          approval('approveBroadcast', {
            ask: 'em_director',
            second: 'watch_commander',
            question:
              'Shall the public within ten kilometres, and the zones concerned, be told of the danger and the shelters, for twelve hours? This orders no evacuation.',
            within: '15m',
            onSilence: 'refuse',
            then: [
              step('warnPublic', {
                action: 'EMERGENCY_BROADCAST',
                with: {
                  topic: 'natural-disaster',
                  audience: 'public',
                  area: { radiusM: 10_000 },
                  languages: ['en', 'es', 'ht'],
                  accessible: true,
                  exercise: false,
                  expires: '12h',
                  owner: 'em_director',
                  cancelText: 'The warning is cancelled. The danger has passed for this area.',
                },
                within: '1m',
                retries: 1,
                onFailure: 'degrade',
                undo: 'human',
              }),
              step('tellZones', {
                action: 'NOTIFICATION_SEND',
                with: { topic: 'natural-disaster', to: 'zones', purpose: 'shelter' },
                within: '2m',
                retries: 2,
                onFailure: 'degrade',
                undo: 'human',
              }),
            ],
          }),
        ],
        roads: [
          step('closeRoads', {
            action: 'PATROL_REROUTE',
            with: { mode: 'closure', radiusM: 3000, approach: 'staged' },
            needs: { OFFICER: 2, VEHICLE: 2 },
            within: '5m',
            retries: 2,
            onFailure: 'degrade',
            undo: 'human',
          }),
        ],
        shelters: [
          step('holdForShelters', {
            action: 'RESOURCE_ALLOCATE',
            with: { purpose: 'shelter', topic: 'natural-disaster' },
            needs: { OFFICER: 1, VEHICLE: 1 },
            waits: '5m',
            within: '5m',
            retries: 2,
            onFailure: 'degrade',
            undo: 'human',
          }),
        ],
      },
      { when: real },
    ),
    approval('approveSurvey', {
      when: real,
      ask: 'em_director',
      question: 'Is the emergency declared and the worst over, so that a drone may survey the damage?',
      within: '8h',
      onSilence: 'refuse',
      then: [
        step('surveyDamage', {
          action: 'DRONE_DISPATCH',
          with: { purpose: 'damage-survey', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot', maxMinutes: 20 },
          legalBasis: 'FS 934.50(4)(g)',
          needs: { DRONE: oneDrone },
          within: '10m',
          onFailure: 'degrade',
          undo: 'auto',
        }),
        step('shareDamage', {
          action: 'FUSION_CLOUD_SYNC',
          with: { index: 'damage', purpose: 'share', for: 'mutual-aid' },
          within: '5m',
          retries: 2,
          onFailure: 'degrade',
          undo: 'never',
        }),
      ],
    }),
    ...closing,
  ],
});
