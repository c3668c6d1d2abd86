import type { ActionRequested } from '../../../shared/contracts/action.ts';
import { rounded } from '../geo.ts';
import { about, done, failed, type Performer, say } from '../plan.ts';

/** Advice on tactics is labelled and expires; it never says how much force. */
const ADVICE_MS = 5 * 60_000;

const expiring = (now: number) => ({ label: 'advice', expiresAt: new Date(now + ADVICE_MS).toISOString() });

/** The attempt is the last part of an action's id: a chase is over when it has been looked at three times. While it moves there is a place ahead for spikes. */
const LOOKS = 2;
const seen = ({ actionId, arguments: { question } }: ActionRequested) => {
  if (question !== 'continue-or-stop') return { recommend: 'continue' };
  const moving = Number(actionId.split('/').at(-1)) < LOOKS;
  return { recommend: moving ? 'continue' : 'stop', moving, placeForSpikes: moving };
};

export const tacticalAnalysis: Performer = (request, view) => {
  const at = about(1500, view.random);
  const advice =
    'Approach from two sides, keep cover between you and the last known place, stage medics out of sight, confirm with the drone before moving in.';
  return [
    say(200, { stage: 'DELIVERED', by: 'tactical-desk' }),
    done(at, { by: 'tactical-desk', result: { ...expiring(view.now + at), advice, ...seen(request) } }),
  ];
};

/** What has calmed down by the time it is looked at: in this city a person in crisis always has. */
const CALMS: readonly unknown[] = ['mental-health'];

export const threatAssessment: Performer = (request, view) => {
  const at = about(1800, view.random);
  const level = CALMS.includes(request.arguments['topic']) ? 'LOW' : request.priority === 'CRITICAL' ? 'HIGH' : 'GUARDED';
  return [
    done(at, {
      by: 'threat-desk',
      result: { ...expiring(view.now + at), level, credible: true, weapon: false, basis: ['report', 'sensor'] },
    }),
  ];
};

const NEAR_BY = [
  { kind: 'parking area', north: 0.0017, east: -0.0011, likelihood: 0.34 },
  { kind: 'bus stop', north: -0.0012, east: 0.0021, likelihood: 0.21 },
  { kind: 'alley exit', north: 0.0006, east: 0.0016, likelihood: 0.17 },
] as const;

/** Places only: what is watched is ground, never a person. */
export const prediction: Performer = (request, view) => {
  const { location } = request;
  if (!location) return [failed(300, 'NO_LOCATION', 'There is no place to predict from.')];
  const at = about(1600, view.random);
  const places = NEAR_BY.map(({ kind, north, east, likelihood }) => ({
    kind,
    ...rounded({ lat: location.lat + north, lon: location.lon + east }),
    radiusM: 80,
    likelihood,
  }));
  return [done(at, { by: 'predictive-desk', result: { ...expiring(view.now + at), about: 'places', places } })];
};
