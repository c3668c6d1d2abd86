import * as z from 'zod';
import { AgencyId } from './agency.ts';
import { pageOf } from './endpoint.ts';
import { Location, NormalizedEvent } from './event.ts';
import { ApprovalRecord, StepRecord } from './execution.ts';
import { Incident } from './incident.ts';
import { Resource } from './resource.ts';
import { ResourceType, Role } from './vocabulary.ts';

/** One operational period lasts this long at most (ms); a new one is begun by the lead. */
export const LONGEST_PERIOD_MS = 72 * 3600 * 1000;
/** DynamoDB takes 100 writes in one transaction: so many agencies, incidents, and units at once are the most of it. */
const MOST_AGENCIES = 6;
const MOST_INCIDENTS = 10;
const MOST_UNITS_AT_ONCE = 12;
/** One item holds the whole operation. */
const MOST_UNITS = 100;
const MOST_SEATS = 30;

const Reason = z.string().min(3).max(500);
const Sub = z.string().min(1).max(128);
const IncidentIds = z.array(z.string().min(1).max(64));
const Objectives = z.array(z.string().min(3).max(300)).max(10);

/** The roles in which somebody may sit in the unified command and answer what it is asked. */
const Deciding = Role.extract(['supervisor', 'watch_commander', 'incident_commander', 'chief', 'em_director']);

/** An incident commander of an agency that has jurisdiction or functional responsibility, or the representative of one that assists (NIMS 2017). */
const Position = z.enum(['incident_commander', 'agency_representative']);

/** A seat in the unified command: `person` as tokens name them (`sub`), and the role in which they answer. */
const Seat = z.object({ person: Sub, role: Deciding, position: Position });
export type Seat = z.infer<typeof Seat>;

const Member = Seat.extend({ agency: AgencyId });

/** How an agency stands to an operation, by the word of which of its people, and since when. */
const Participant = z.object({
  agency: AgencyId,
  state: z.enum(['INVITED', 'ACCEPTED', 'DECLINED', 'LEFT']),
  by: Sub.optional(),
  at: z.iso.datetime().optional(),
});
export type Participant = z.infer<typeof Participant>;

/** A unit that its agency commits to the operation. */
const Committed = z.object({ id: z.string().max(120), agency: AgencyId, type: ResourceType, since: z.iso.datetime() });
export type Committed = z.infer<typeof Committed>;

/**
 * A joint operation as it is kept. It is in force from `from` until before `until`, while its lead, an agency of ours and two agencies in all
 * have accepted it and nobody has ended it. `period` counts the operational periods; `revision` grows by one with each change.
 */
export const JointOperation = z.object({
  id: z.string(),
  name: z.string(),
  reason: z.string(),
  lead: AgencyId,
  /** To whom the lead is offered, until it is taken. */
  leadOfferedTo: AgencyId.optional(),
  declaredBy: Sub,
  declaredAt: z.iso.datetime(),
  agencies: z.array(Participant),
  incidents: IncidentIds,
  objectives: Objectives,
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  period: z.int(),
  command: z.array(Member).max(MOST_SEATS),
  units: z.array(Committed).max(MOST_UNITS),
  revision: z.int(),
  ended: z.object({ at: z.iso.datetime(), by: z.string(), why: z.string() }).optional(),
});
export type JointOperation = z.infer<typeof JointOperation>;

/** The operation as it is told, with how it stands now. */
export const JointView = JointOperation.extend({ state: z.enum(['DECLARED', 'IN_FORCE', 'ENDED']) });
export type JointView = z.infer<typeof JointView>;
export const JointList = pageOf(JointView);

/** The caller's own agency leads. `agencies` are those that are asked to join; `command` are seats of the lead's own people. */
export const DeclareRequest = z.object({
  name: z.string().min(3).max(100),
  reason: Reason,
  agencies: z.array(AgencyId).min(1).max(MOST_AGENCIES),
  incidents: IncidentIds.min(1).max(MOST_INCIDENTS),
  objectives: Objectives.min(1),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime(),
  command: z.array(Seat).max(10).default([]),
});
export type DeclareRequest = z.infer<typeof DeclareRequest>;

/** `command` are seats of the accepting agency's own people. */
export const JoinRequest = z.object({ reason: Reason, command: z.array(Seat).max(10).default([]) });

export const JointReason = z.object({ reason: Reason });

/** A unit of the caller's agency. One that is not known here says its type and where it is; one that is, where it is now, if it says that. */
const UnitOffer = z.object({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'a call sign of letters, digits, hyphens and underscores'),
  type: ResourceType.optional(),
  name: z.string().min(1).max(100).optional(),
  location: Location.optional(),
  capabilities: z.array(z.string().min(1).max(60)).max(30).optional(),
  certifications: z.array(z.string().min(1).max(60)).max(30).optional(),
});
export type UnitOffer = z.infer<typeof UnitOffer>;

/** Units given to the operation, by their agency's call signs, and units taken back, by the ids that they have here. */
export const JointUnitsRequest = z.object({
  commit: z.array(UnitOffer).max(MOST_UNITS_AT_ONCE).default([]),
  withdraw: z.array(z.string().max(120)).max(MOST_UNITS).default([]),
  reason: Reason,
});
export type JointUnitsRequest = z.infer<typeof JointUnitsRequest>;

/** `name` gives a seat to somebody of the caller's agency and `relieve` takes it; the lead offers the lead, and whom it is offered to takes it. */
export const JointCommandRequest = z.discriminatedUnion('do', [
  z.object({ do: z.literal('name'), seat: Seat, reason: Reason }),
  z.object({ do: z.literal('relieve'), person: Sub, reason: Reason }),
  z.object({ do: z.literal('offer-lead'), to: AgencyId, reason: Reason }),
  z.object({ do: z.literal('take-lead'), reason: Reason }),
]);
export type JointCommandRequest = z.infer<typeof JointCommandRequest>;

/** A new operational period: until when, and with which objectives, where these are others. More incidents and agencies are for people of an agency of ours to add. */
export const JointRenewal = z.object({
  until: z.iso.datetime(),
  objectives: Objectives.min(1).optional(),
  incidents: IncidentIds.max(MOST_INCIDENTS).default([]),
  agencies: z.array(AgencyId).max(MOST_AGENCIES).default([]),
  reason: Reason,
});

/** An event as participants see it: whoever it is about is masked, and of some it is not told who that could be. */
const PictureEvent = NormalizedEvent.pick({
  source: true,
  type: true,
  category: true,
  priority: true,
  location: true,
  confidence: true,
  threatLevel: true,
}).extend({
  key: z.string(),
  at: z.iso.datetime(),
  agency: z.string(),
  summary: z.string().optional(),
  entities: NormalizedEvent.shape.entities,
  data: z.record(z.string(), z.unknown()),
});
export type PictureEvent = z.infer<typeof PictureEvent>;

const PictureStep = StepRecord.pick({ step: true, action: true, status: true, startedAt: true, endedAt: true, units: true });
const PictureRun = z.object({
  id: z.string(),
  workflow: z.string(),
  status: z.string(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  steps: z.array(PictureStep),
});

const PictureIncident = Incident.omit({ summary: true, joined: true, eventKey: true }).extend({
  events: z.array(PictureEvent),
  runs: z.array(PictureRun),
});
export type PictureIncident = z.infer<typeof PictureIncident>;

/** What waits for somebody to answer, and in which roles; `factsHash` goes with the answer. */
const PictureQuestion = ApprovalRecord.pick({
  id: true,
  step: true,
  ask: true,
  second: true,
  question: true,
  expiresAt: true,
  factsHash: true,
}).extend({
  executionId: z.string(),
  lacking: z.array(Role),
});

const PictureUnit = Resource.pick({
  id: true,
  type: true,
  name: true,
  agency: true,
  status: true,
  activity: true,
  location: true,
  locatedAt: true,
  holder: true,
  step: true,
});

/** The common operating picture: the operation's incidents with their events and runs, the units committed to it, and what waits for an answer. */
export const JointPicture = z.object({
  operation: JointView,
  incidents: z.array(PictureIncident),
  units: z.array(PictureUnit),
  questions: z.array(PictureQuestion),
});
export type JointPicture = z.infer<typeof JointPicture>;
