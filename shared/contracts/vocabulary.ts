import * as z from 'zod';

/** The seed's closed lists. Each is complete here; what a list means is said where it is used. */

export const ActionType = z.enum([
  'DRONE_DISPATCH',
  'ROBOT_DISPATCH',
  'PATROL_REROUTE',
  'OFFICER_ALERT',
  'SUPERVISOR_ALERT',
  'EMERGENCY_BROADCAST',
  'INVESTIGATION_CREATE',
  'INVESTIGATION_UPDATE',
  'CASE_GENERATION',
  'THREAT_ASSESSMENT',
  'THREAT_BROADCAST',
  'PREDICTIVE_ALERT',
  'SENSOR_ACTIVATE',
  'LOCKDOWN_INITIATE',
  'BOLO_ISSUE',
  'RESOURCE_ALLOCATE',
  'RESOURCE_RELEASE',
  'NOTIFICATION_SEND',
  'AUDIT_LOG',
  'HUMAN_STABILITY_ALERT',
  'FUSION_CLOUD_SYNC',
  'CO_RESPONDER_DISPATCH',
  'EVIDENCE_COLLECTION',
  'TACTICAL_ANALYSIS',
  'POLICY_VALIDATION',
]);
export type ActionType = z.infer<typeof ActionType>;

export const Category = z.enum([
  'INCIDENT',
  'ALERT',
  'TACTICAL',
  'OFFICER',
  'DRONE',
  'ROBOT',
  'INVESTIGATION',
  'THREAT',
  'EMERGENCY',
  'COMPLIANCE',
  'SYSTEM',
  'SENSOR',
  'CITY',
  'HUMAN_STABILITY',
  'PREDICTIVE',
  'FUSION',
  'CYBER',
  'GOVERNANCE',
]);
export type Category = z.infer<typeof Category>;

/** Highest first: CRITICAL is 1, INFO is 5. */
export const Priority = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO']);
export type Priority = z.infer<typeof Priority>;

/** 1 (CRITICAL) to 5 (INFO), the seed's numbers. */
export const priorityRank = (priority: Priority): number => Priority.options.indexOf(priority) + 1;

export const PolicyType = z.enum([
  'CITY_GOVERNANCE',
  'DEPARTMENT_SOP',
  'LEGAL_GUARDRAIL',
  'ETHICAL_GUARDRAIL',
  'MORAL_COMPASS',
  'PUBLIC_SAFETY_GUARDIAN',
  'CONSTITUTIONAL',
  'CIVIL_RIGHTS',
  'USE_OF_FORCE',
  'PRIVACY',
  'DATA_GOVERNANCE',
  'EMERGENCY_PROTOCOL',
]);
export type PolicyType = z.infer<typeof PolicyType>;

/** BLOCKING refuses, WARNING asks a human, ADVISORY alerts, INFORMATIONAL is recorded. */
export const Severity = z.enum(['BLOCKING', 'WARNING', 'ADVISORY', 'INFORMATIONAL']);
export type Severity = z.infer<typeof Severity>;

export const ResourceType = z.enum([
  'DRONE',
  'ROBOT',
  'DISPATCH_UNIT',
  'SENSOR',
  'AI_COMPUTE',
  'INTEL_FEED',
  'COMMUNICATION_CHANNEL',
  'CAMERA',
  'LPR_READER',
  'GUNSHOT_DETECTOR',
  'WEATHER_STATION',
  'TRAFFIC_SENSOR',
  'OFFICER',
  'VEHICLE',
  'HELICOPTER',
  'BOAT',
]);
export type ResourceType = z.infer<typeof ResourceType>;

/** Highest first. */
export const AllocationPriority = z.enum(['EMERGENCY', 'HIGH', 'NORMAL', 'LOW']);
export type AllocationPriority = z.infer<typeof AllocationPriority>;

/** The seed says 25 and names 24; the 25th is what neighbouring agencies send. */
export const Source = z.enum([
  'cad_system',
  'dispatch',
  'drone_ops',
  'robotics',
  'officer_safety',
  'threat_intel',
  'investigations',
  'digital_twin',
  'predictive_intel',
  'human_stability',
  'moral_compass',
  'city_autonomy',
  'fusion_cloud',
  'emergency_mgmt',
  'public_guardian',
  'cyber_intel',
  'ai_sentinel',
  'ai_personas',
  'sensor_grid',
  'lpr_network',
  'gunshot_detection',
  'cctv_network',
  'weather_service',
  'traffic_system',
  'partner_agency',
]);
export type Source = z.infer<typeof Source>;

export const TriggerKind = z.enum(['EVENT', 'SCHEDULE', 'MANUAL', 'API', 'CONDITION', 'CHAIN']);
export type TriggerKind = z.infer<typeof TriggerKind>;

export const FusionStrategy = z.enum(['TIMESTAMP', 'GEOLOCATION', 'ENTITY_ID', 'THREAT_LEVEL', 'COMPOSITE']);
export type FusionStrategy = z.infer<typeof FusionStrategy>;

export const WorkflowStatus = z.enum(['PENDING', 'QUEUED', 'RUNNING', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED', 'TIMEOUT']);
export type WorkflowStatus = z.infer<typeof WorkflowStatus>;

/** Who a person may be. The first four are also what `npm run token` is asked for most. */
export const Role = z.enum([
  'viewer',
  'dispatcher',
  'supervisor',
  'admin',
  'watch_commander',
  'incident_commander',
  'remote_pilot',
  'chief',
  'em_director',
  'school_official',
  'ciso',
  'clinician',
  'intelligence_officer',
  'auditor',
  'kernel_operator',
  'subsystem',
]);
export type Role = z.infer<typeof Role>;

export const Channel = z.enum(['events', 'workflow-status', 'alerts']);
export type Channel = z.infer<typeof Channel>;
