import type { Eido } from './schema.ts';

/** Incident types of the common registry, as the types of calls that SWOE knows. The first that fits counts. */
const BY_WORDS: readonly (readonly [RegExp, string])[] = [
  [/active (shooter|assailant)/i, 'call.active-shooter'],
  [/shots? fired|gun ?(fire|shot)|shooting/i, 'call.shots-fired'],
  [/domestic/i, 'call.domestic-violence'],
  [/mental|psychiatric|suicid|behaviou?ral/i, 'call.mental-health'],
  [/missing/i, 'call.missing-person'],
  [/abduct|kidnap/i, 'call.abduction'],
  [/traffic|(vehicle|car|road).*(crash|collision|accident)/i, 'call.traffic'],
  [/fire|smoke|explosion/i, 'call.fire'],
  [/medical|cardiac|breathing|injur|overdose|unconscious|stroke|sick|fall/i, 'call.medical'],
];

/** A call or incident as its common registry type says; one that is closed is that and starts nothing. Without an incident it is a call that was handed on. */
export const typeOf = ({ incidentComponent: incident }: Eido): string => {
  if (!incident) return 'call.received';
  if (incident.incidentStatusCommonRegistryText?.some((status) => /clos|cancel/i.test(status))) return 'call.closed';
  return BY_WORDS.find(([words]) => words.test(incident.incidentTypeCommonRegistryText))?.[1] ?? 'call.received';
};

/** Whether a caution speaks of a weapon: a mental-health response without officers must not start then. */
export const hasWeapon = ({ cautionComponent = [] }: Eido): boolean =>
  cautionComponent.some((caution) =>
    /weapon|armed|gun|knife/i.test(`${caution.cautionTypeCommonRegistryText} ${caution.cautionTypeInternalText}`),
  );

/** The common priority where it is one of ours, 1 to 5. */
export const priorityOf = ({ incidentComponent: incident }: Eido): number | undefined => {
  const rank = incident?.incidentCommonPriorityNumber;
  return rank !== undefined && rank >= 1 && rank <= 5 ? rank : undefined;
};
