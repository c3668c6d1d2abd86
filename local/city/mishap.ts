import type { ActionType } from '../../shared/contracts/vocabulary.ts';
import { type Beat, failed } from './plan.ts';

interface Mishap {
  readonly error: string;
  readonly note: string;
}

/** What goes wrong in the trade, by action; the rest is an outage of the subsystem. */
const MISHAPS: Partial<Record<ActionType, readonly Mishap[]>> = {
  DRONE_DISPATCH: [
    { error: 'WIND_LIMIT', note: 'Gusts above the airframe limit; the pilot stays on the ground.' },
    { error: 'LOW_BATTERY', note: 'Battery below the reserve for the way back.' },
  ],
  ROBOT_DISPATCH: [{ error: 'DRIVE_FAULT', note: 'A drive fault at the self-test.' }],
  PATROL_REROUTE: [{ error: 'RADIO_NO_ACK', note: 'The unit does not acknowledge on any channel.' }],
  FUSION_CLOUD_SYNC: [{ error: 'INDEX_DOWN', note: 'The switch does not answer; the index cannot be asked.' }],
  OFFICER_ALERT: [{ error: 'RADIO_NO_ACK', note: 'Nobody acknowledged; voice is tried.' }],
  SENSOR_ACTIVATE: [{ error: 'CAMERAS_OFFLINE', note: 'The video network does not answer.' }],
};
const OUTAGE_ITSELF: Mishap = { error: 'SUBSYSTEM_ERROR', note: 'The subsystem reports an internal error.' };
const OUTAGE: readonly Mishap[] = [OUTAGE_ITSELF];

/** The plan as it goes when it goes wrong: it arrived, and then the failure. Nobody accepts and nobody is sent. */
export const goWrong = (action: ActionType, plan: readonly Beat[], random: () => number): Beat[] => {
  const answer = plan.find(({ kind }) => kind === 'done' || kind === 'failed');
  const at = Math.min(Math.round((answer?.afterMs ?? 1000) * 0.66), 3000);
  const choices = MISHAPS[action] ?? OUTAGE;
  const { error, note } = choices[Math.floor(random() * choices.length)] ?? OUTAGE_ITSELF;
  return [...plan.filter((beat) => beat.kind === 'say' && beat.words.stage === 'DELIVERED' && beat.afterMs < at), failed(at, error, note)];
};
