import { jsonIn } from '../carried.ts';
import { cloudEvent } from '../cloud-event.ts';
import type { Adapted, Format } from '../format.ts';
import { shortName } from '../name.ts';
import { placeOf, refuse } from '../refuse.ts';
import { hasWeapon, priorityOf, typeOf } from './kind.ts';
import { Eido } from './schema.ts';
import { whereOf } from './where.ts';

/** An event names at most 50 entities. */
const EACH = 10;

/** `tel:+1-561-555-0123` or `sip:5615550123@example.org` as a number, North American ones without their country code. */
const phoneIn = (uri: string): string | undefined => {
  const [, number = ''] = /^(?:tel|sips?):([+\d().-]+)(?:[@;]|$)/i.exec(uri) ?? [];
  const digits = number.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15) return undefined;
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
};

const phones = ({ callbackComponent = [] }: Eido): string[] =>
  callbackComponent.flatMap(({ callBackInformationUri = [] }) => callBackInformationUri).flatMap((uri) => phoneIn(uri) ?? []);

const units = ({ emergencyResourceComponent = [] }: Eido) =>
  emergencyResourceComponent.map(
    ({ $id, emergencyResourceName: name, emergencyResourceTypeCommonRegistryText: type, primaryUnitStatusRegistryText: status }) => ({
      id: name || $id,
      type,
      status,
    }),
  );

/** The incident's own name is the same at every agency, and so are those it was merged with; a local number is not. */
const entities = (eido: Eido) => {
  const names = [eido.$id, ...(eido.mergeComponent ?? []).map((merge) => merge.incidentTrackingIdentifier)].filter((name) => name !== '');
  const ofKind = (kind: string, ids: readonly string[]) => [...new Set(ids)].slice(0, EACH).map((id) => ({ kind, id: shortName(id) }));
  return [
    ...ofKind('cad-incident', names),
    ...ofKind('phone', phones(eido)),
    ...ofKind(
      'unit',
      units(eido).map(({ id }) => id),
    ),
  ];
};

/** One line without persons: the registry's word and the agency's name. */
const summaryOf = ({ incidentComponent: incident, updatedByAgencyReference: by }: Eido): string =>
  `${incident?.incidentTypeCommonRegistryText ?? 'A call was handed on'}, from ${by.$ref}`.slice(0, 500);

const adapted = (eido: Eido): Adapted => {
  const { location, unreadable, hostile } = whereOf(eido);
  if (hostile) return refuse(hostile.path, hostile.says);
  const type = typeOf(eido);
  return cloudEvent({
    specversion: '1.0',
    // A later state of the same incident is an event of its own; the same state again is a duplicate.
    id: `${shortName(eido.$id)}@${eido.lastUpdateTimeStamp}`,
    source: shortName(eido.issuingElementIdentification || 'eido'),
    type,
    time: new Date(eido.lastUpdateTimeStamp).toISOString(),
    subject: shortName(eido.$id),
    data: {
      format: 'eido',
      reportingAgency: eido.updatedByAgencyReference.$ref,
      incidentNumber: eido.incidentComponent?.internalIncidentId,
      units: units(eido),
      ...(hasWeapon(eido) ? { weapon: true } : {}),
      ...(unreadable.length > 0 ? { unreadable } : {}),
      priority: priorityOf(eido),
      location,
      entities: entities(eido),
      summary: summaryOf(eido),
      // Persons, vehicles and notes stay in here, and nothing of them goes anywhere else.
      eido,
    },
  });
};

/** NENA's Emergency Incident Data Object 1.0: an incident or a call as one agency hands it to another. */
export const eido: Format = {
  name: 'eido',
  recognises: (detail) => {
    const found = jsonIn(detail);
    return found !== undefined && ('eidoVersion' in found || ('issuingElementIdentification' in found && 'agencyComponent' in found));
  },
  adapt: (detail) => {
    const read = Eido.safeParse(jsonIn(detail));
    if (read.success) return adapted(read.data);
    const [issue] = read.error.issues;
    return refuse(placeOf('', issue?.path ?? []), issue?.message ?? 'is no EIDO');
  },
};
