import { type AssumedAnswer, SimulationRequest } from '../../shared/contracts/simulation.ts';
import { Refusal } from '../kernel/refusal.ts';

/** As the command line has them. */
export interface Given {
  readonly fail: readonly string[];
  readonly slow: readonly string[];
  readonly refuse: readonly string[];
  readonly silent: readonly string[];
  readonly say: readonly string[];
  readonly cancel?: string;
  readonly incident?: string;
  readonly at?: string;
}

const secondsOf = (text: string): number => {
  const seconds = Number(text);
  if (!(seconds > 0)) throw new Refusal(`--cancel is "${text}": give the number of seconds after which the run is called off.`);
  return seconds;
};

const placeOf = (text: string): { lat: number; lon: number } => {
  const [lat, lon, ...more] = text.split(',').map(Number);
  if (lat === undefined || lon === undefined || Number.isNaN(lat + lon) || more.length > 0)
    throw new Refusal(`--at is "${text}": give degrees as LAT,LON, such as 26.7753,-80.0581.`);
  return { lat, lon };
};

const readValue = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
};

type Said = Record<string, Record<string, string | number | boolean>>;

const saidIn = (given: readonly string[]): Said => {
  const said: Said = {};
  for (const text of given) {
    const [, step, field, value] = /^([A-Za-z0-9]+)\.([A-Za-z0-9]+)=(.+)$/.exec(text) ?? [];
    if (!step || !field || value === undefined) throw new Refusal(`--say is "${text}": give STEP.FIELD=VALUE, such as confirm.match=none.`);
    said[step] = { ...said[step], [field]: readValue(value) };
  }
  return said;
};

const answersIn = ({ refuse, silent }: Given): Record<string, AssumedAnswer> => ({
  ...Object.fromEntries(refuse.map((name) => [name, 'refuse' as const])),
  ...Object.fromEntries(silent.map((name) => [name, 'silent' as const])),
});

/** What is asked of a simulation; `event` is an envelope as it was read, whatever stands in it. A Refusal says what does not fit. */
export const requestOf = (workflow: string, event: unknown, given: Given): SimulationRequest => {
  const { fail, slow, cancel, incident, at } = given;
  const parsed = SimulationRequest.safeParse({
    workflow,
    event,
    fail,
    slow,
    approvals: answersIn(given),
    said: saidIn(given.say),
    ...(incident === undefined ? {} : { incidentId: incident }),
    ...(at === undefined ? {} : { location: placeOf(at) }),
    ...(cancel === undefined ? {} : { cancelAfterS: secondsOf(cancel) }),
  });
  if (parsed.success) return parsed.data;
  throw new Refusal(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
};
