import { ulid } from 'ulid';
import type { DeclareRequest, JointOperation } from '../../../shared/contracts/joint.ts';
import { entriesOf } from '../../../shared/domain/joint/entries.ts';
import { isParty, type Parties, viewOfOperation } from '../../../shared/domain/joint/in-force.ts';
import { periodRefusal } from '../../../shared/domain/joint/operation.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { IncidentsStore } from '../../../shared/stores/incidents.ts';
import type { Caller } from '../caller.ts';
import type { Perform } from '../operation.ts';
import { conflict, created, type FieldError, invalidFields } from '../reply.ts';
import { type JointDeps, speak } from './joint.ts';

interface Deps extends JointDeps {
  readonly incidents: Pick<IncidentsStore, 'standing'>;
}

type Asked = Pick<DeclareRequest, 'agencies' | 'incidents'>;

/** Agencies that cannot be asked, and incidents that there are not. */
const complaints = async ({ incidents, parties, clock }: Deps, asked: Asked, own: string): Promise<FieldError[]> => {
  const found = await Promise.all(asked.incidents.map(incidents.standing));
  return [
    ...asked.agencies.flatMap((agency, nth) => {
      if (agency === own) return [{ path: `agencies.${nth}`, message: 'is the caller’s own: name the others' }];
      const may = isParty(parties, agency, clock.now());
      return may ? [] : [{ path: `agencies.${nth}`, message: 'is neither ours nor one with which an agreement is in force' }];
    }),
    ...asked.incidents.flatMap((id, nth) => (found[nth] ? [] : [{ path: `incidents.${nth}`, message: `There is no incident ${id}` }])),
  ];
};

const fresh = (body: DeclareRequest, { sub, agency }: Caller, now: number, id: string): JointOperation => ({
  id,
  name: body.name,
  reason: body.reason,
  lead: agency,
  declaredBy: sub,
  declaredAt: iso(now),
  agencies: [
    { agency, state: 'ACCEPTED', by: sub, at: iso(now) },
    ...[...new Set(body.agencies)].map((asked) => ({ agency: asked, state: 'INVITED' as const })),
  ],
  incidents: [...new Set(body.incidents)],
  objectives: body.objectives,
  from: body.from ?? iso(now),
  until: body.until,
  period: 1,
  command: body.command.map((seat) => ({ ...seat, agency })),
  units: [],
  revision: 1,
});

const periodError = ({ from, until }: DeclareRequest, now: number): FieldError[] => {
  const late = periodRefusal(from === undefined ? now : Date.parse(from), Date.parse(until), now);
  return late ? [{ path: 'until', message: late }] : [];
};

/** Only an agency of ours declares: the incidents are this installation's, and a guest could not know them. */
const isGuest = ({ agency }: Caller, { ours }: Parties): boolean => !ours.includes(agency);

export const declareJointOperation =
  (deps: Deps): Perform<'declareJointOperation'> =>
  async ({ body, caller }) => {
    const { joint, journal, parties, clock, runtime } = deps;
    const now = clock.now();
    if (isGuest(caller, parties))
      return conflict('An operation over incidents of this installation is declared by an agency that it serves');
    const wrong = [...periodError(body, now), ...(await complaints(deps, body, caller.agency))];
    if (wrong.length > 0) return invalidFields(wrong);
    const operation = fresh(body, caller, now, ulid(now, runtime.random));
    const { objectives, incidents, from, until, command } = operation;
    const by = { sub: caller.sub, agency: caller.agency, reason: body.reason, parties, now };
    const change = { kind: 'joint.declared' as const, data: { objectives, incidents, from, until, command } };
    await journal.commit(operation.id, entriesOf({ now: operation, changes: [change] }, { by }), [joint.declare(operation)]);
    return created(viewOfOperation(operation, parties, now));
  };

export const renewJointOperation =
  (deps: Deps): Perform<'renewJointOperation'> =>
  async (ask) => {
    const { until, objectives, incidents, agencies } = ask.body;
    const word = { do: 'renew' as const, until, objectives, incidents, agencies };
    return speak(deps, ask, async (was) => {
      // A guest adds neither, and is not told which incidents there are.
      const wrong = isGuest(ask.caller, deps.parties) ? [] : await complaints(deps, { agencies, incidents }, was.lead);
      return wrong.length > 0 ? invalidFields(wrong) : { word };
    });
  };
