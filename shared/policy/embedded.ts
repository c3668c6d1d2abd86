import type { ActionType } from '../contracts/vocabulary.ts';

/** Written by `npm run compile` from workflows/guardrails and workflows/vocabulary; change those. */
export const clauseTexts: Readonly<Record<string, string>> = {
  'florida-drone-statute': `// Paragraphs (b) and (c) have conditions that SWOE has facts for. A step that names another paragraph is refused until its clause is written.
@id("florida-drone-statute")
@type("LEGAL_GUARDRAIL")
@severity("BLOCKING")
@citation("Fla. Stat. 934.50(3)(a), (4)(b), (4)(c) (2024)")
@refusal("No drone: the step must name its exception under FS 934.50(4), and that exception's own condition must be a stored fact: (b) a search warrant covering aerial imaging, (c) imminent danger to life or serious damage to property, an imminent escape, imminent destruction of evidence, or the search for a missing person.")
@facts("exigency warrant")
forbid (principal, action == Action::"DRONE_DISPATCH", resource)
unless
{
  context has legalBasis &&
  ((context.legalBasis == "FS 934.50(4)(b)" &&
    context.facts has warrant &&
    context.facts.warrant.scope like "*aerial*" &&
    !(context.facts.warrant has served && context.facts.warrant.served)) ||
   (context.legalBasis == "FS 934.50(4)(c)" &&
    context.facts has exigency &&
    ["imminent danger to life", "serious damage to property", "imminent escape of a suspect", "imminent destruction of evidence", "search for a missing person"].contains(context.facts.exigency.basis)))
};
`,
  'fourth-amendment-drone-surveillance': `@id("fourth-amendment-drone-surveillance")
@type("CONSTITUTIONAL")
@severity("BLOCKING")
@citation("U.S. Const. amend. IV; Leaders of a Beautiful Struggle v. Baltimore Police Department, 2 F.4th 330 (4th Cir. 2021); Carpenter v. United States, 138 S. Ct. 2206 (2018)")
@refusal("No drone: there is neither an attested exigency for this incident nor a live, unserved warrant whose scope covers aerial imaging. A claim in the request is not a fact.")
@facts("exigency warrant")
forbid (principal, action == Action::"DRONE_DISPATCH", resource)
unless
{
  context.facts has exigency ||
  (context.facts has warrant &&
   context.facts.warrant.scope like "*aerial*" &&
   !(context.facts.warrant has served && context.facts.warrant.served))
};
`,
  'life-safety-review': `// Steps that declare \`lifeSafety\` carry this clause, so that every override leaves its mark.
@id("life-safety-review")
@type("EMERGENCY_PROTOCOL")
@severity("INFORMATIONAL")
@citation("SWOE rule: each life-safety override is reviewed within 24 h")
@refusal("Done without approval as a declared life-safety override. A supervisor reviews it within 24 h.")
@facts("")
forbid (principal, action, resource);
`,
  'no-risk-score-dispatch': `// A person who asks for the workflow decides for himself; then it is not the score that starts it.
@id("no-risk-score-dispatch")
@type("ETHICAL_GUARDRAIL")
@severity("BLOCKING")
@citation("SWOE ethical guardrail: no individual risk score starts a dispatch")
@refusal("Not started: only AI systems report this incident. A score may raise the severity of what a person or a sensor saw; it sends nobody by itself.")
@facts("")
@always
forbid (principal, action == Action::"START_WORKFLOW", resource)
when
{
  !context.requested &&
  !context.incident.sources.isEmpty() &&
  ["ai_sentinel", "ai_personas", "predictive_intel", "human_stability", "moral_compass"].containsAll(context.incident.sources)
};
`,
  'officer-safety-two-units': `@id("officer-safety-two-units")
@type("DEPARTMENT_SOP")
@severity("WARNING")
@citation("Agency SOP on calls with a weapon or domestic violence: two units (unconfirmed: its number is set per agency)")
@refusal("One officer alone would go to a call with a weapon or domestic violence. Send two, or have a supervisor say why not.")
@facts("")
@always
forbid (principal, action == Action::"PATROL_REROUTE", resource)
when
{
  context.officers < 2 &&
  ["gunshot.detected", "call.shots-fired", "call.weapon", "call.domestic-violence", "officer.distress", "shooter.reported"].contains(context.incident.type)
};
`,
  'surveillance-technology-authorisation': `// An authorisation that names technologies covers those alone; one that names none covers what the ordinance lists.
@id("surveillance-technology-authorisation")
@type("CITY_GOVERNANCE")
@severity("BLOCKING")
@citation("The city's surveillance technology ordinance (unconfirmed: its number is set per agency)")
@refusal("No surveillance technology: the city council's authorisation for it is missing or has run out.")
@facts("council-authorisation")
forbid (principal, action in [Action::"DRONE_DISPATCH", Action::"SENSOR_ACTIVATE"], resource)
unless
{
  context.facts has "council-authorisation" &&
  (if context.facts["council-authorisation"] has technologies
   then
     (action == Action::"DRONE_DISPATCH" && context.facts["council-authorisation"].technologies like "*drone*") ||
     (action == Action::"SENSOR_ACTIVATE" && context.facts["council-authorisation"].technologies like "*camera*")
   else true)
};
`,
};

/** Actions that no clause withholds; for `to`, only towards those. */
export const neverWithheld: Readonly<Partial<Record<ActionType, true | { readonly to: readonly string[] }>>> = {
  NOTIFICATION_SEND: { to: ['ems'] },
  OFFICER_ALERT: true,
  SUPERVISOR_ALERT: true,
};

/** How far an action looks into lives: 0 at nobody, 1 public places, 2 one person or vehicle, 3 a home, a body or everybody in an area. */
export const intrusion: Readonly<Record<ActionType, 0 | 1 | 2 | 3>> = {
  AUDIT_LOG: 0,
  BOLO_ISSUE: 2,
  CASE_GENERATION: 0,
  CO_RESPONDER_DISPATCH: 0,
  DRONE_DISPATCH: 1,
  EMERGENCY_BROADCAST: 0,
  EVIDENCE_COLLECTION: 0,
  FUSION_CLOUD_SYNC: 2,
  HUMAN_STABILITY_ALERT: 3,
  INVESTIGATION_CREATE: 0,
  INVESTIGATION_UPDATE: 0,
  LOCKDOWN_INITIATE: 0,
  NOTIFICATION_SEND: 0,
  OFFICER_ALERT: 0,
  PATROL_REROUTE: 0,
  POLICY_VALIDATION: 0,
  PREDICTIVE_ALERT: 1,
  RESOURCE_ALLOCATE: 0,
  RESOURCE_RELEASE: 0,
  ROBOT_DISPATCH: 1,
  SENSOR_ACTIVATE: 2,
  SUPERVISOR_ALERT: 0,
  TACTICAL_ANALYSIS: 0,
  THREAT_ASSESSMENT: 0,
  THREAT_BROADCAST: 0,
};
