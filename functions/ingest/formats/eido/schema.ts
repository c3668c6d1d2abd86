import * as z from 'zod';

/** What NENA's schema of the Emergency Incident Data Object 1.0 (NENA-STA-021.1) demands of each component; whatever else one holds is kept as it came. */

const WORDS = {
  error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : 'is not a text'),
};
const LIST = { error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : 'is not a list') };
const TIME = { offset: true, error: 'is not a date and time with an offset, such as 2026-11-22T12:00:00.0-05:00' } as const;

const text = z.string(WORDS);
const texts = z.array(text, LIST);
const time = text.pipe(z.iso.datetime(TIME));
const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.looseObject(shape, { error: ({ input }) => (input === undefined ? 'is missing' : 'is not an object') });
const reference = object({ $ref: text });
const references = z.array(reference, LIST).optional();
const RANK = z.enum(['highest', 'high', 'normal', 'low', 'lowest'], { error: 'is none of highest, high, normal, low, lowest' });

/** Every component says who it is and who touched it last. */
const prologue = { $id: text.min(1, 'is empty'), lastUpdateTimeStamp: time, updatedByAgencyReference: reference };
const component = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => object({ ...prologue, ...shape });
const components = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.array(component(shape), LIST).optional();

const DIRECTION = z.enum(['incoming', 'outgoing', 'internal'], { error: 'is none of incoming, outgoing, internal' });

export const Eido = object({
  ...prologue,
  eidoVersion: z.literal('1.0', { error: 'is not 1.0, the version that is read here' }),
  issuingElementIdentification: text,
  agencyComponent: z.array(component({ agencyRoleDescriptionRegistryText: texts, agencyType: texts }), LIST),
  agentComponent: components({ agentRoleRegistryText: texts, agencyReference: reference }),
  incidentComponent: component({
    incidentTypeCommonRegistryText: text,
    incidentStatusCommonRegistryText: texts.optional(),
    incidentCommonPriorityNumber: z.int({ error: 'is not a whole number' }).optional(),
    internalIncidentId: text.optional(),
    locationReference: references,
    dispositionComponent: components({ dispositionCommonRegistryCode: text }),
  }).optional(),
  callComponent: components({
    callStateRegistryText: text,
    standardPrimaryCallType: text,
    direction: DIRECTION,
    callStartTimestamp: time,
    answerDate: time.optional(),
    priorityIdentifier: RANK.optional(),
    locationReference: references,
  }),
  callbackComponent: components({ callBackInformationUri: texts.optional() }),
  locationComponent: components({
    locationTypeDescriptionRegistryText: text,
    locationByValue: text.optional(),
    locationByReferenceUrl: text.optional(),
  }),
  dispatchComponent: components({ emergencyResourceReference: references }),
  emergencyResourceComponent: components({
    agentReference: z.array(reference, LIST),
    emergencyResourceTypeCommonRegistryText: text,
    primaryUnitStatusRegistryText: text,
    resourceAttributeRegistryText: texts,
    secondaryUnitStatusRegistryText: texts,
    emergencyResourceName: text.optional(),
  }),
  personComponent: components({ personIncidentRoleRegistryText: texts }),
  vehicleComponent: components({ vehicleRelationshipType: texts, vehicleRelationshipTimeStamp: time }),
  cautionComponent: components({ cautionTypeInternalText: text, cautionTypeCommonRegistryText: text, cautionSeverity: RANK }),
  notesComponent: components({ notesActionComments: text }),
  mergeComponent: components({ incidentTrackingIdentifier: text, incidentMergeDirectionCode: text }),
  linkComponent: components({ incidentTrackingIdentifier: text, linkDirectionCode: text }),
  additionalDataComponent: components({}),
  alarmsSensorsComponent: components({}),
  mediaComponent: components({ uri: text, contentType: text }),
  sharedCommunicationResourceComponent: components({ sharedCommunicationResourceType: text }),
  externalInformationSourceComponent: components({ externalSourceRegistryText: text }),
});
export type Eido = z.infer<typeof Eido>;
