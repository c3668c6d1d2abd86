import { createHash } from 'node:crypto';
import { about, done, type Performer, say, text, type View } from '../plan.ts';

const digits = (view: View, length: number): string => String(Math.floor(view.random() * 10 ** length)).padStart(length, '0');
const year = ({ now }: View): number => new Date(now).getUTCFullYear();

/** Opens a file with a number of the city's own; an update names the file it was asked for, or the incident. */
export const investigation: Performer = (request, view) => {
  const number = text(request, 'investigation') ?? `RB-${year(view)}-${digits(view, 6)}`;
  return [
    say(250, { stage: 'DELIVERED', by: 'records-desk' }),
    done(about(1200, view.random), { by: 'records-desk', note: `Investigation ${number}.`, result: { investigation: number } }),
  ];
};

/** Keeps what there is under hash and custodian (Fla. Evid. Code 90.901); footage itself stays where it lies. */
export const evidence: Performer = (request, view) => {
  const cameras = request.location ? view.near('CAMERA', request.location, 500).map(({ id }) => id) : [];
  const items = [...cameras.map((id) => `footage/${id}`), `audio/${request.incidentId}`].map((item) => ({
    item,
    sha256: createHash('sha256').update(`${item}/${request.incidentId}`).digest('hex'),
    custodian: 'evidence-clerk-1',
  }));
  return [
    say(300, { stage: 'DELIVERED', by: 'evidence-clerk-1' }),
    done(about(2000, view.random), { by: 'evidence-clerk-1', note: `${items.length} items preserved.`, result: { items } }),
  ];
};
