import type { Role } from '../../shared/contracts/vocabulary.ts';
import { MARINA, shot, systemOn } from '../support/system.ts';

export interface Operation {
  id: string;
  state: string;
}

/** Shots at the marina and far from it; the operation covers the first alone, and the sheriff has accepted it with a boat. */
export const jointly = async (outdir: string) => {
  const running = await systemOn(outdir);
  const as = async (role: Role, sub: string, agency: string) => ({ authorization: `Bearer ${await running.bearer(role, sub, agency)}` });
  const sheriff = await as('watch_commander', 'sal', 'sheriff');
  for (const [id, data] of [
    ['covered', {}],
    ['other', { location: { lat: 27.4, lon: -80.0581, radiusM: 25 } }],
  ] as const)
    await running.put('gunshot_detection', 'gunshot.detected', shot(id, data));
  await running.pass(3000);
  const { items } = (await running.rest<{ items: { id: string; eventKey: string }[] }>('dispatcher', 'GET', '/events/fused')).body;
  const named = (key: string): string => items.find(({ eventKey }) => eventKey.endsWith(key))?.id ?? '';
  const [covered, other] = [named('#covered'), named('#other')];
  const until = new Date(running.scheduler.now() + 3_600_000).toISOString();
  const declaration = {
    name: 'Marina',
    reason: 'a boat got away',
    agencies: ['sheriff'],
    incidents: [covered],
    objectives: ['find it'],
    until,
  };
  const made = await running.rest<Operation>('chief', 'POST', '/joint-operations', declaration);
  const path = `/joint-operations/${made.body.id}`;
  const seat = { person: 'sal', role: 'watch_commander', position: 'incident_commander' };
  const theirs = <T>(method: string, end: string, body?: object) =>
    running.rest<T>('watch_commander', method, `${path}${end}`, body, undefined, sheriff);
  const joined = await theirs<Operation>('POST', '/accept', { reason: 'asked by phone', command: [seat] });
  const boat = { id: 'marine-3', type: 'BOAT', location: MARINA };
  await theirs('POST', '/resources', { commit: [boat], reason: 'on its way' });
  return { running, sheriff, path, theirs, covered, other, states: [made.body.state, joined.body.state] };
};
