import type { ActionType } from '../contracts/vocabulary.ts';

/** Written by `npm run compile` from workflows/guardrails and workflows/vocabulary; change those. */
export const clauseTexts: Readonly<Record<string, string>> = {
  'advice-only': `@id("advice-only")
@type("USE_OF_FORCE")
@severity("BLOCKING")
@citation("Graham v. Connor, 490 U.S. 386 (1989); SWOE rule: tactical analysis is labelled advice and expires in 5 min")
@refusal("Not without its label: what is said of tactics is advice to the officer on the scene, says so, and ends within 5 min.")
@facts("")
@always
forbid (principal, action == Action::"TACTICAL_ANALYSIS", resource)
unless
{
  context.arguments has label &&
  context.arguments.label == "advice" &&
  context.arguments has expiresS &&
  context.arguments.expiresS <= 300
};
`,
  airspace: `// It forbids alone: nobody need say that the sky is open, and any word that it is not grounds the drone.
@id("airspace")
@type("LEGAL_GUARDRAIL")
@severity("BLOCKING")
@citation("14 CFR Part 107 and 14 CFR 99.7 (unconfirmed: which closures bind a public aircraft is for the agency's certificate)")
@refusal("No drone: the airspace is reported as not open.")
@facts("airspace")
@always
forbid (principal, action == Action::"DRONE_DISPATCH", resource)
when
{ context.facts has airspace && context.facts.airspace.status != "open" };
`,
  'amber-criteria': `// Officers are told and sent without any of this. The state decides and broadcasts; SWOE hands on the agency's recommendation.
@id("amber-criteria")
@type("LEGAL_GUARDRAIL")
@severity("BLOCKING")
@citation("Florida AMBER Plan, the five criteria of FDLE (revised 2019)")
@refusal("No AMBER recommendation and no broadcast: each of the five criteria must be attested, a child under 18, a well-founded belief of a kidnapping that is more than a custody dispute, imminent danger, a description, and the agency's recommendation.")
@facts("amber-abduction amber-child amber-danger amber-description amber-recommendation")
forbid (principal, action in [Action::"EMERGENCY_BROADCAST", Action::"NOTIFICATION_SEND"], resource)
when
{
  action == Action::"EMERGENCY_BROADCAST" ||
  (context.arguments has to &&
   context.arguments.to == "state" &&
   context.arguments has purpose &&
   context.arguments.purpose == "request")
}
unless
{
  context.facts has "amber-child" &&
  context.facts has "amber-abduction" &&
  !(context.facts["amber-abduction"] has basis && context.facts["amber-abduction"].basis like "custody*") &&
  context.facts has "amber-danger" &&
  context.facts has "amber-description" &&
  context.facts has "amber-recommendation"
};
`,
  'bias-detection': `// A witness's description of a suspect is evidence, and the officer who attested it answers for it.
@id("bias-detection")
@type("ETHICAL_GUARDRAIL")
@severity("BLOCKING")
@citation("U.S. Const. amend. XIV; Title VI, Civil Rights Act of 1964, 42 U.S.C. 2000d")
@refusal("Not on a trait: race, ethnicity, nationality, religion, sex, disability and language are no input to this action. Only an officer-attested BOLO may carry a witness's description.")
@facts("")
forbid (
  principal,
  action in
    [Action::"DRONE_DISPATCH", Action::"PATROL_REROUTE", Action::"PREDICTIVE_ALERT", Action::"THREAT_ASSESSMENT", Action::"SENSOR_ACTIVATE",
     Action::"BOLO_ISSUE", Action::"FUSION_CLOUD_SYNC", Action::"HUMAN_STABILITY_ALERT", Action::"CASE_GENERATION",
     Action::"INVESTIGATION_UPDATE"],
  resource
)
when { !context.traits.isEmpty() }
unless
{
  action == Action::"BOLO_ISSUE" &&
  context.arguments has subject &&
  context.arguments.subject == "attested-person" &&
  context has run &&
  context.run.approvers >= 1
};
`,
  'bias-district-ratio': `@id("bias-district-ratio")
@type("ETHICAL_GUARDRAIL")
@severity("WARNING")
@citation("SWOE ethical guardrail: the monthly ratio of a district's alerts to its calls stays below the agency's threshold; Title VI, Civil Rights Act of 1964, 42 U.S.C. 2000d")
@refusal("A district's monthly ratio is over its threshold: a person decides whether this prediction, or canvass, adds to it.")
@facts("district-ratio")
forbid (principal, action in [Action::"PREDICTIVE_ALERT", Action::"PATROL_REROUTE"], resource)
when
{
  (action == Action::"PREDICTIVE_ALERT" || (context.arguments has mode && context.arguments.mode == "canvass")) &&
  context.facts has "district-ratio" &&
  context.facts["district-ratio"].ratio > context.facts["district-ratio"].threshold
};
`,
  'broadcast-authority': `// CAP leaves expiry and area optional; here nothing that tells many people something goes out without its end, its owner and the words that call it off.
@id("broadcast-authority")
@type("EMERGENCY_PROTOCOL")
@severity("BLOCKING")
@citation("IPAWS (CAP v1.2 profile) on alerting authority (unconfirmed: no section seen); CAP v1.2 (OASIS); area, expiry, owner and cancel text are an SWOE rule")
@refusal("Not told to many: a broadcast needs an alerting authority and an area, and every broadcast and BOLO needs its expiry, its owner and the words that call it off.")
@facts("broadcast-authority")
@always
forbid (principal, action in [Action::"EMERGENCY_BROADCAST", Action::"THREAT_BROADCAST", Action::"BOLO_ISSUE"], resource)
unless
{
  context.arguments has expiresS &&
  context.arguments has owner &&
  context.arguments has cancelText &&
  context.arguments.cancelText != "" &&
  (action != Action::"EMERGENCY_BROADCAST" || (context.arguments has area && context.facts has "broadcast-authority"))
};
`,
  'chain-of-command': `@id("chain-of-command")
@type("DEPARTMENT_SOP")
@severity("BLOCKING")
@citation("CJIS Security Policy v5.9.4, AC-5 (separation of duties); that two persons are two, and that who asked does not answer, is an SWOE rule")
@refusal("This answer does not count: it takes somebody on duty, in the role that is asked, who did not ask for this run and has not answered before.")
@facts("duty")
@always
forbid (principal, action == Action::"ANSWER_APPROVAL", resource)
unless
{
  context.facts has duty &&
  context.facts.duty.status == "on" &&
  (if context.facts.duty has role then context.facts.duty.role == context.answer.role else true) &&
  (context.answer.role == context.answer.asked || (context.answer has second && context.answer.role == context.answer.second)) &&
  !context.answer.isRequester &&
  !context.answer.hasAnswered
};
`,
  'community-trust': `@id("community-trust")
@type("ETHICAL_GUARDRAIL")
@severity("ADVISORY")
@citation("SWOE ethical guardrail: sensitive places and long flights are told to the public")
@refusal("A public notice is owed: this looks at a place of worship, a clinic, a polling place or a school, or flies for more than 20 min.")
@facts("sensitive-place")
forbid (principal, action in [Action::"DRONE_DISPATCH", Action::"SENSOR_ACTIVATE"], resource)
when
{
  (context.facts has "sensitive-place" && ["worship", "clinic", "polling", "school"].contains(context.facts["sensitive-place"].kind)) ||
  (context.arguments has maxMinutes && context.arguments.maxMinutes > 20)
};
`,
  'criminal-intelligence': `// The rule binds systems under federal grants and is adopted here for all; ordinary case files are outside it. One criterion makes an associate by
// statute; that it makes nobody here is stricter and rests on 28 CFR 23.20(a)-(b).
@id("criminal-intelligence")
@type("DATA_GOVERNANCE")
@severity("BLOCKING")
@citation("28 CFR 23.20(a), (b), (h); 28 CFR 23.3 (adopted as agency standard); Fla. Stat. 874.03(3) (2024); dress or association alone counts for nothing: stricter than 874.03(2)")
@refusal("No intelligence on anybody without reasonable suspicion: a criminal nexus beyond dress, association, speech or religion, two documented criteria, or a warrant must be a stored fact, and a review date must be set.")
@facts("crime-nexus gang-nexus warrant")
forbid (
  principal,
  action in [Action::"INVESTIGATION_UPDATE", Action::"CASE_GENERATION", Action::"FUSION_CLOUD_SYNC", Action::"THREAT_BROADCAST"],
  resource
)
when
{
  if action == Action::"INVESTIGATION_UPDATE"
  then context.arguments has change && context.arguments.change == "add-record"
  else if action == Action::"FUSION_CLOUD_SYNC"
  then context.arguments has purpose && context.arguments.purpose == "share"
  else true
}
unless
{
  (context.facts has warrant ||
   (context.facts has "gang-nexus" && context.facts["gang-nexus"].criteria >= 2) ||
   (context.facts has "crime-nexus" &&
    !["speech", "religion", "association", "attendance", "political-view", "dress"].contains(context.facts["crime-nexus"].basis))) &&
  (action != Action::"CASE_GENERATION" || (context.arguments has reviewInDays && context.arguments.reviewInDays <= 1825))
};
`,
  'data-retention': `// The state's schedule sets a maximum for plate records; a day is the agency's own. Fourteen days end a prediction.
@id("data-retention")
@type("DATA_GOVERNANCE")
@severity("BLOCKING")
@citation("Fla. Stat. 316.0777(2)-(3), 316.0778(2); records schedule GS2, Fla. Admin. Code 1B-24.003 (unconfirmed: its number of years); one day, a case and 14 days are agency rules")
@refusal("Not kept, and not asked for: a plate is looked up for a purpose and a case or an exigency, its answer is kept for a day at most, and a prediction ends within 14 days.")
@facts("case exigency")
forbid (principal, action in [Action::"SENSOR_ACTIVATE", Action::"PREDICTIVE_ALERT"], resource)
when
{
  if action == Action::"PREDICTIVE_ALERT"
  then !(context.arguments has expiresS && context.arguments.expiresS <= 1209600)
  else
    context.arguments has what &&
    ["lpr-one-plate", "lpr-history"].contains(context.arguments.what) &&
    !(context.arguments has purpose &&
      context.arguments has keepMinutes &&
      context.arguments.keepMinutes <= 1440 &&
      (context.arguments has caseNumber || context.facts has case || context.facts has exigency))
};
`,
  'de-escalation': `@id("de-escalation")
@type("DEPARTMENT_SOP")
@severity("WARNING")
@citation("Agency SOP on crisis calls: a CIT officer or co-responder first (unconfirmed: its number is set per agency); Fla. Stat. 394.463(1)")
@refusal("Patrols would go straight in to a person in crisis. Stage them and let a CIT officer or co-responder speak first, unless violence is observed or a supervisor says otherwise.")
@facts("violence-observed")
@always
forbid (principal, action == Action::"PATROL_REROUTE", resource)
when
{
  ["crisis.escalated", "call.mental-health", "line-988.handover", "call.suicidal", "call.welfare-check"].contains(context.incident.type) &&
  !(context.arguments has approach && context.arguments.approach == "staged") &&
  !(context.arguments has mode && context.arguments.mode != "respond")
}
unless { context.facts has "violence-observed" };
`,
  dignity: `// The picture goes to those who respond, whatever it shows. Viewers get none of somebody who is hurt, missing, in crisis, or a child.
@id("dignity")
@type("ETHICAL_GUARDRAIL")
@severity("BLOCKING")
@citation("Fla. Stat. 119.071(2)(h)1.a-c, 119.071(2)(p); Fla. Stat. 119.071(2)(l) on body-worn cameras (unconfirmed); for every other picture of a victim an SWOE rule")
@refusal("No live picture to viewers: this incident may show a victim, a child, or a body. Responders still see it.")
@facts("juvenile")
@always
forbid (principal, action in [Action::"DRONE_DISPATCH", Action::"SENSOR_ACTIVATE"], resource)
when
{
  context.arguments has feed &&
  context.arguments.feed == "viewers" &&
  ((context.facts has juvenile && context.facts.juvenile.involved) ||
   !(context.incident.type like "weather.*" ||
     context.incident.type like "traffic.*" ||
     context.incident.type like "unrest.*" ||
     context.incident.type like "cyber.*"))
};
`,
  documentation: `// What the clock starts has no incident and no officer to write of it. It stands between a run and its closed record, never between people and help.
@id("documentation")
@type("DEPARTMENT_SOP")
@severity("BLOCKING")
@citation("Agency SOP on reports and body-worn cameras (unconfirmed: its number is set per agency)")
@refusal("The record stays open: reason, outcome and the body camera's id are not yet written down for this incident.")
@facts("documentation")
@always
forbid (principal, action == Action::"AUDIT_LOG", resource)
when
{ !(context has run && context.run.startedBy == "SCHEDULE") }
unless
{
  context.facts has documentation &&
  context.facts.documentation.reason != "" &&
  context.facts.documentation.outcome != "" &&
  context.facts.documentation.bodyCamera != ""
};
`,
  'due-process': `// SWOE prepares; a named human writes, says why and looks again. Ninety days is the agency's rule.
@id("due-process")
@type("CONSTITUTIONAL")
@severity("BLOCKING")
@citation("U.S. Const. amend. XIV; Mathews v. Eldridge, 424 U.S. 319, 335 (1976); the review within 90 days is an agency rule")
@refusal("Not entered and not sought: a case file needs a human author and a review within 90 days, a BOLO an owner and an end, and a BOLO on a person the yes of a human in this run.")
@facts("")
forbid (principal, action in [Action::"CASE_GENERATION", Action::"BOLO_ISSUE"], resource)
unless
{
  if action == Action::"CASE_GENERATION"
  then context.arguments has author && context.arguments has reviewInDays && context.arguments.reviewInDays <= 90
  else
    context.arguments has owner &&
    context.arguments has expiresS &&
    context.arguments has subject &&
    (context.arguments.subject == "vehicle" || (context has run && context.run.approvers >= 1))
};
`,
  'evidence-handling': `// To preserve needs nothing. What is on hold is kept; what leaves, or is deleted, needs its hash and its custodian first.
@id("evidence-handling")
@type("LEGAL_GUARDRAIL")
@severity("BLOCKING")
@citation("Fla. Stat. 90.901 (authentication); hash, custodian and hold are the agency's way to meet it")
@refusal("Evidence is neither deleted nor passed on: its hash and custodian must be stored facts, and no item of this incident may be under a hold.")
@facts("evidence-custody")
@always
forbid (principal, action in [Action::"EVIDENCE_COLLECTION", Action::"INVESTIGATION_UPDATE"], resource)
when
{
  if action == Action::"EVIDENCE_COLLECTION"
  then
    context.arguments has operation &&
    context.arguments.operation != "preserve" &&
    !(context.facts has "evidence-custody" &&
      context.facts["evidence-custody"].hash != "" &&
      context.facts["evidence-custody"].custodian != "" &&
      !context.facts["evidence-custody"].hold)
  else
    context.arguments has change &&
    context.arguments.change == "purge-expired" &&
    context.facts has "evidence-custody" &&
    context.facts["evidence-custody"].hold
};
`,
  'first-amendment': `// What was said, believed or attended is no reason to start, to look at somebody or to disperse. A building's model and a shelter's camera look at nobody.
@id("first-amendment")
@type("CONSTITUTIONAL")
@severity("BLOCKING")
@citation("U.S. Const. amend. I; 28 CFR 23.20(b) (adopted as agency standard); Fla. Stat. 874.02(1)")
@refusal("Not on this ground: speech, religion, association and attendance are no basis. State a criminal nexus of another kind, violence that was observed, an exigency or a warrant.")
@facts("crime-nexus exigency violence-observed warrant")
forbid (
  principal,
  action in
    [Action::"START_WORKFLOW", Action::"PREDICTIVE_ALERT", Action::"BOLO_ISSUE", Action::"SENSOR_ACTIVATE", Action::"DRONE_DISPATCH",
     Action::"THREAT_BROADCAST", Action::"CASE_GENERATION", Action::"NOTIFICATION_SEND"],
  resource
)
when
{
  if action == Action::"START_WORKFLOW"
  then
    !context.requested &&
    ["crowd.gathered", "protest.announced", "protest.gathered", "rally.announced", "speech.reported", "post.reported", "worship.gathered"]
      .contains(context.incident.type)
  else if action == Action::"NOTIFICATION_SEND"
  then context.arguments has purpose && context.arguments.purpose == "disperse"
  else !(context.arguments has what && ["site-twin", "shelters"].contains(context.arguments.what))
}
unless
{
  context.facts has exigency ||
  context.facts has warrant ||
  context.facts has "violence-observed" ||
  (context.facts has "crime-nexus" &&
   !["speech", "religion", "association", "attendance", "political-view", "dress"].contains(context.facts["crime-nexus"].basis))
};
`,
  'florida-drone-statute': `// Paragraphs (b) to (g) have conditions that SWOE has facts for. (a) needs the Secretary of Homeland Security, whom no source speaks for; (h) and later are no police basis.
// (d) keeps the stricter conditions of 2021: the wording of the 2025 act was not seen. That a warrant must name the aircraft is the agency's reading of (b).
@id("florida-drone-statute")
@type("LEGAL_GUARDRAIL")
@severity("BLOCKING")
@citation("Fla. Stat. 934.50(3)(a), (4)(b)-(g), (7) (2024); (4)(d) as amended by the 2025 act HB 1121 (unconfirmed: kept at the conditions of 2021)")
@refusal("No drone: the airframe must be on the state's list, the step must name its exception under FS 934.50(4), and that exception's own condition must be a stored fact: (b) a search warrant covering aerial imaging, (c) imminent danger to life or serious damage to property, an imminent escape, imminent destruction of evidence, or the search for a missing person, (d) a crowd of 50 or more, with the agency head's written authorisation and its policy, (e) traffic at a crash, (f) evidence at a crash or crime scene, (g) damage in a declared emergency.")
@facts("airframe-approval crime-nexus crowd-authorisation declared-emergency exigency warrant")
forbid (principal, action == Action::"DRONE_DISPATCH", resource)
unless
{
  context.facts has "airframe-approval" &&
  context has legalBasis &&
  ((context.legalBasis == "FS 934.50(4)(b)" &&
    context.facts has warrant &&
    (if context.facts.warrant has means
     then context.facts.warrant.means like "*drone*"
     else context.facts.warrant.scope like "*aerial*" || context.facts.warrant.scope like "*drone*") &&
    !(context.facts.warrant has served && context.facts.warrant.served)) ||
   (context.legalBasis == "FS 934.50(4)(c)" &&
    context.facts has exigency &&
    ["imminent danger to life", "serious damage to property", "imminent escape of a suspect", "imminent destruction of evidence", "search for a missing person"].contains(context.facts.exigency.basis)) ||
   (context.legalBasis == "FS 934.50(4)(d)" &&
    context.arguments has purpose &&
    context.arguments.purpose == "crowd-overview" &&
    context.facts has "crowd-authorisation" &&
    context.facts["crowd-authorisation"].people >= 50 &&
    context.facts["crowd-authorisation"].by != "" &&
    context.facts["crowd-authorisation"].policy != "") ||
   (context.legalBasis == "FS 934.50(4)(e)" &&
    context.arguments has purpose &&
    ["scene-overview", "crash-mapping"].contains(context.arguments.purpose) &&
    (context.incident.type like "crash.*" || context.incident.type like "traffic.*")) ||
   (context.legalBasis == "FS 934.50(4)(f)" &&
    context.arguments has purpose &&
    ["scene-overview", "crash-mapping"].contains(context.arguments.purpose) &&
    (context.incident.type like "crash.*" || context.facts has "crime-nexus")) ||
   (context.legalBasis == "FS 934.50(4)(g)" &&
    context.arguments has purpose &&
    context.arguments.purpose == "damage-survey" &&
    context.facts has "declared-emergency"))
};
`,
  'fourth-amendment-drone-surveillance': `// A crash scene, a storm's damage and a crowd in the open are public; whether they may be flown over at all is florida-drone-statute's to say.
@id("fourth-amendment-drone-surveillance")
@type("CONSTITUTIONAL")
@severity("BLOCKING")
@citation("U.S. Const. amend. IV; Kyllo v. United States, 533 U.S. 27 (2001); Carpenter v. United States, 138 S. Ct. 2206 (2018); Leaders of a Beautiful Struggle v. Baltimore Police Department, 2 F.4th 330 (4th Cir. 2021) (en banc; persuasive only in Florida)")
@refusal("No drone: there is neither an attested exigency for this incident nor a live, unserved warrant whose scope covers aerial imaging. A claim in the request is not a fact.")
@facts("exigency warrant")
forbid (principal, action == Action::"DRONE_DISPATCH", resource)
unless
{
  context.facts has exigency ||
  (context.facts has warrant &&
   context.facts.warrant.scope like "*aerial*" &&
   !(context.facts.warrant has served && context.facts.warrant.served)) ||
  (context.arguments has purpose &&
   ["crash-mapping", "damage-survey", "crowd-overview"].contains(context.arguments.purpose) &&
   context has legalBasis &&
   ["FS 934.50(4)(d)", "FS 934.50(4)(e)", "FS 934.50(4)(f)", "FS 934.50(4)(g)"].contains(context.legalBasis))
};
`,
  'fourth-amendment-tracking': `// Reading plates together over time is unsettled law. The caps, 4 h of keeping and 60 min of flight, are the agency's to set here.
@id("fourth-amendment-tracking")
@type("CONSTITUTIONAL")
@severity("BLOCKING")
@citation("U.S. Const. amend. IV; Carpenter v. United States, 138 S. Ct. 2206 (2018); United States v. Jones, No. 10-1259 (U.S. Jan. 23, 2012); Leaders of a Beautiful Struggle v. Baltimore Police Department, 2 F.4th 330 (4th Cir. 2021) (en banc; persuasive only in Florida); the caps of 4 h and 60 min are an agency rule")
@refusal("Not followed over time: plate history, sensors kept for more than 4 h and flights of more than 60 min need a live, unserved warrant whose scope covers tracking or location, or an attested exigency.")
@facts("exigency warrant")
forbid (principal, action in [Action::"SENSOR_ACTIVATE", Action::"DRONE_DISPATCH"], resource)
when
{
  (context.arguments has what && context.arguments.what == "lpr-history") ||
  (context.arguments has keepMinutes && context.arguments.keepMinutes > 240) ||
  (context.arguments has maxMinutes && context.arguments.maxMinutes > 60)
}
unless
{
  context.facts has exigency ||
  (context.facts has warrant &&
   (context.facts.warrant.scope like "*tracking*" || context.facts.warrant.scope like "*location*") &&
   !(context.facts.warrant has served && context.facts.warrant.served))
};
`,
  hipaa: `// The purpose stands in the step. Whether a covered entity then tells SWOE anything is that entity's decision: the rule permits, it does not require.
@id("hipaa")
@type("LEGAL_GUARDRAIL")
@severity("BLOCKING")
@citation("45 CFR 164.512(f)(2), 164.512(j)(1), 164.510(b)(4)")
@refusal("Health data passes only for a purpose of 45 CFR that the step names: 164.512(j), a serious and imminent threat; 164.512(f)(2), locating a missing person by its listed fields; 164.510(b)(4), disaster relief with hospitals and facilities.")
@facts("")
forbid (principal, action in [Action::"HUMAN_STABILITY_ALERT", Action::"CO_RESPONDER_DISPATCH", Action::"NOTIFICATION_SEND"], resource)
when
{
  action != Action::"NOTIFICATION_SEND" ||
  (context.arguments has to && ["hospitals", "988", "facility", "dv-centre"].contains(context.arguments.to))
}
unless
{
  context has legalBasis &&
  (context.legalBasis like "45 CFR 164.512(j)*" ||
   (context.legalBasis like "45 CFR 164.512(f)(2)*" && context.arguments has screen && context.arguments.screen == "missing-person") ||
   (context.legalBasis like "45 CFR 164.510(b)(4)*" && context.arguments has to && ["hospitals", "facility"].contains(context.arguments.to)))
};
`,
  'juvenile-and-victim-privacy': `// An alert to officers, supervisors or EMS goes out with the person masked. What would tell others, or another's index where nobody is in
// danger, is refused; the state's and the nation's index must be told of a missing child. To mask every juvenile is
// stricter than FS 985.04(2), and to mask a victim's name stricter than Marsy's Law (City of Tallahassee v. Fla. PBA, 2023): SWOE rules.
@id("juvenile-and-victim-privacy")
@type("PRIVACY")
@severity("BLOCKING")
@citation("Fla. Stat. 985.04(1)(a); Fla. Const. art. I, s. 16(b)-(e); Fla. Stat. 119.071(2)(h), 741.29(2); masking every juvenile and every victim's name is a stricter SWOE rule")
@refusal("A juvenile or a victim would be known by this: who it is stays masked towards responders and EMS, and goes to nobody else.")
@facts("exigency juvenile")
@always
@redacts("juvenile name person person-reference phone victim")
forbid (
  principal,
  action in
    [Action::"OFFICER_ALERT", Action::"SUPERVISOR_ALERT", Action::"NOTIFICATION_SEND", Action::"FUSION_CLOUD_SYNC", Action::"BOLO_ISSUE"],
  resource
)
when
{
  (context.facts has juvenile && context.facts.juvenile.involved) ||
  ["call.domestic-violence", "dv.reported", "call.sexual-assault"].contains(context.incident.type)
}
when
{
  if action == Action::"NOTIFICATION_SEND"
  then
    context.arguments has to &&
    ["ems", "organisers", "outreach", "zones", "broadcast-recipients"].contains(context.arguments.to)
  else if action == Action::"FUSION_CLOUD_SYNC"
  then
    context.arguments has purpose &&
    context.arguments.purpose == "share" &&
    context.arguments has index &&
    !["ncic", "state", "damage"].contains(context.arguments.index) &&
    !(context.facts has exigency)
  else if action == Action::"BOLO_ISSUE"
  then context.arguments has subject && context.arguments.subject == "attested-person" && !(context.facts has exigency)
  else true
};
`,
  'language-access': `// English, Spanish and Haitian Creole are what the agency's own plan names; they are its to change here.
@id("language-access")
@type("CIVIL_RIGHTS")
@severity("WARNING")
@citation("28 CFR 35.160(a)-(b) (ADA Title II); Title VI, Civil Rights Act of 1964, 42 U.S.C. 2000d; DOJ LEP guidance, 67 Fed. Reg. 2671 (2002); which languages is the agency's plan")
@refusal("Not everybody would understand this broadcast: it must be in English, Spanish and Haitian Creole, and accessible to people with disabilities.")
@facts("")
@always
forbid (principal, action == Action::"EMERGENCY_BROADCAST", resource)
unless
{
  context.arguments has languages &&
  context.arguments.languages.containsAll(["en", "es", "ht"]) &&
  context.arguments has accessible &&
  context.arguments.accessible
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
  'moral-compass': `// A good score allows nothing. Where danger is imminent its absence asks nobody, its objection does. It is never asked before help.
@id("moral-compass")
@type("MORAL_COMPASS")
@severity("WARNING")
@citation("SWOE rule: the moral compass may only raise a severity; absent, a person is asked")
@refusal("The moral compass objects to this workflow, scores it below 40, or has not spoken. A person decides.")
@facts("exigency moral-verdict")
@always
forbid (
  principal,
  action in
    [Action::"DRONE_DISPATCH", Action::"SENSOR_ACTIVATE", Action::"BOLO_ISSUE", Action::"PREDICTIVE_ALERT", Action::"THREAT_BROADCAST",
     Action::"CASE_GENERATION"],
  resource
)
unless
{
  if context.facts has "moral-verdict"
  then !context.facts["moral-verdict"].objects && context.facts["moral-verdict"].score >= 40
  else context.facts has exigency
};
`,
  'no-emergency-network-isolation': `// The segment's name comes from a report, so what the compiler sees in a workflow's text is not enough.
@id("no-emergency-network-isolation")
@type("EMERGENCY_PROTOCOL")
@severity("BLOCKING")
@citation("SWOE rule: calls for help, and what answers them, are never separated from the network")
@refusal("Not separated: the segment carries 911, CAD, radio or the dispatch floor, and nobody could call for help or be sent.")
@facts("")
@always
forbid (principal, action == Action::"LOCKDOWN_INITIATE", resource)
when
{
  context.arguments has target && context.arguments.target == "network-segment"
}
when
{
  if context.arguments has site
  then
    context.arguments.site like "*911*" ||
    context.arguments.site like "*cad*" ||
    context.arguments.site like "*radio*" ||
    context.arguments.site like "*psap*" ||
    context.arguments.site like "*dispatch*"
  else true
};
`,
  'no-lockdown-on-hearsay': `// An incident's state adding up, a neighbour's word, or a score beside it, alerts a supervisor. Who locks doors or wakes a city is a person of ours.
@id("no-lockdown-on-hearsay")
@type("EMERGENCY_PROTOCOL")
@severity("BLOCKING")
@citation("SWOE rule, after the false alert in Hawaii of Jan. 13, 2018 (FCC PSHSB report, Apr. 2018)")
@refusal("Neither locked nor broadcast: a condition, a neighbouring agency or a score alone stands behind this, and no person has said yes to it in this run.")
@facts("")
@always
forbid (principal, action in [Action::"LOCKDOWN_INITIATE", Action::"EMERGENCY_BROADCAST"], resource)
when
{
  if context has run
  then
    context.run.approvers < 1 &&
    (context.run.startedBy == "CONDITION" ||
     (!context.incident.sources.isEmpty() &&
      ["partner_agency", "ai_sentinel", "ai_personas", "predictive_intel", "human_stability", "moral_compass"].containsAll(context.incident.sources)))
  else true
};
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
  'officer-safety-hazards': `// The alert itself is never withheld. Where danger is imminent nobody waits for a supervisor.
@id("officer-safety-hazards")
@type("DEPARTMENT_SOP")
@severity("WARNING")
@citation("Agency SOP: hazards known at the premises go with the alert (unconfirmed: its number is set per agency)")
@refusal("Hazards are known at these premises: they go with the alert, and officers stage before they go in, unless a supervisor says otherwise.")
@facts("exigency premise-hazard")
@always
forbid (principal, action in [Action::"OFFICER_ALERT", Action::"PATROL_REROUTE"], resource)
when
{
  if action == Action::"OFFICER_ALERT"
  then !(context.arguments has premiseHazards && context.arguments.premiseHazards == "attached")
  else
    context.facts has "premise-hazard" &&
    !(context.arguments has approach && context.arguments.approach == "staged") &&
    !(context.arguments has mode && context.arguments.mode != "respond")
}
unless { action == Action::"PATROL_REROUTE" && context.facts has exigency };
`,
  'officer-safety-two-units': `// A road is closed, and a perimeter held, away from the call.
@id("officer-safety-two-units")
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
  ["gunshot.detected", "call.shots-fired", "call.weapon", "call.domestic-violence", "dv.reported", "officer.distress", "officer.no-answer", "shooter.reported", "panic.active-shooter", "call.active-shooter", "crisis.escalated", "unrest.violence", "gang.violence", "pursuit.declared", "child.abducted", "panic.school"].contains(context.incident.type)
}
unless { context.arguments has mode && ["closure", "perimeter"].contains(context.arguments.mode) };
`,
  proportionality: `// Until the offence is graded, the incident's own priority stands for it. A building's model, a shelter's camera and the indexes of
// operations and of damage look at nobody.
@id("proportionality")
@type("ETHICAL_GUARDRAIL")
@severity("WARNING")
@citation("SWOE ethical guardrail: the intrusion weighs no more than the offence")
@refusal("This looks further into lives than the offence, as it is graded, warrants. A supervisor decides.")
@facts("exigency offence-tier")
forbid (
  principal,
  action in
    [Action::"DRONE_DISPATCH", Action::"SENSOR_ACTIVATE", Action::"BOLO_ISSUE", Action::"PREDICTIVE_ALERT", Action::"FUSION_CLOUD_SYNC"],
  resource
)
when
{
  !(context.arguments has what && ["site-twin", "shelters"].contains(context.arguments.what)) &&
  !(context.arguments has index && ["dea", "damage"].contains(context.arguments.index))
}
unless
{
  context.facts has exigency ||
  (if context.facts has "offence-tier"
   then context.intrusion <= context.facts["offence-tier"].tier
   else
     context.intrusion <= 1 ||
     (context.intrusion <= 2 && context.incident has priority && ["CRITICAL", "HIGH"].contains(context.incident.priority)))
};
`,
  'public-safety-guardian': `// What is held is what looks at people, seeks them or files them; help goes on while a complaint is looked into.
@id("public-safety-guardian")
@type("PUBLIC_SAFETY_GUARDIAN")
@severity("WARNING")
@citation("SWOE rule: an open complaint or review holds that workflow")
@refusal("A complaint about this workflow, or a review of it, is open. A person decides whether this action waits for its end.")
@facts("guardian-review")
@always
forbid (
  principal,
  action in
    [Action::"DRONE_DISPATCH", Action::"SENSOR_ACTIVATE", Action::"BOLO_ISSUE", Action::"PREDICTIVE_ALERT", Action::"THREAT_BROADCAST",
     Action::"CASE_GENERATION", Action::"FUSION_CLOUD_SYNC"],
  resource
)
when { context.facts has "guardian-review" && context.facts["guardian-review"].state != "none" };
`,
  'sharing-agreement': `// With whom what is agreed the stage says, and nobody else: \`agreed\` holds those of the \`recipients\` whose agreement is in force and covers the
// exchange, its purpose and what would be told. What is told of a storm's damage is about nobody. Imminent danger is the rule's own exception; a
// missing person's entry and the report of an attack on a network are duties, and no agreement takes a duty away. What was told can always be called off.
@id("sharing-agreement")
@type("DATA_GOVERNANCE")
@severity("BLOCKING")
@citation("28 CFR 23.20(e)-(g) (adopted as agency standard; the letters (c)-(f) of 1993 are unconfirmed); Fla. Stat. 937.021(4)(a), 282.3185(5)")
@refusal("Neither asked nor told: no agreement in force with each recipient that is named covers this, its purpose and what would be told.")
@facts("exigency")
@always
forbid (principal, action in [Action::"FUSION_CLOUD_SYNC", Action::"THREAT_BROADCAST", Action::"NOTIFICATION_SEND"], resource)
when { !context.agreed.containsAll(context.recipients) }
unless
{
  context.facts has exigency ||
  (action == Action::"NOTIFICATION_SEND" && context.arguments has purpose && context.arguments.purpose == "cancel") ||
  (context has legalBasis &&
   (context.legalBasis like "Fla. Stat. 937.021*" || context.legalBasis like "FS 282.3185*"))
};
`,
  'sop-in-force': `// It asks before something is sought, shared or filed, and never before help.
@id("sop-in-force")
@type("DEPARTMENT_SOP")
@severity("WARNING")
@citation("The agency's SOP for this workflow, in the version in force (unconfirmed: its number is set per agency)")
@refusal("This run is not as the procedure in force has it: its deadline is another, or the role that the procedure names has not said yes.")
@facts("sop")
@always
forbid (
  principal,
  action in
    [Action::"DRONE_DISPATCH", Action::"SENSOR_ACTIVATE", Action::"BOLO_ISSUE", Action::"PREDICTIVE_ALERT", Action::"THREAT_BROADCAST",
     Action::"CASE_GENERATION"],
  resource
)
when
{
  context has run &&
  context.facts has sop &&
  (context.run.timeoutS != context.facts.sop.timeoutS ||
   (context.run.approvers > 0 && context.facts.sop has approver && !context.run.roles.contains(context.facts.sop.approver)))
};
`,
  'surveillance-technology-authorisation': `// An authorisation that names technologies covers those alone; one that names none covers what the ordinance lists. A building's model is no surveillance.
@id("surveillance-technology-authorisation")
@type("CITY_GOVERNANCE")
@severity("BLOCKING")
@citation("The city's surveillance technology ordinance (unconfirmed: its number is set per agency)")
@refusal("No surveillance technology: the city council's authorisation for it is missing or has run out.")
@facts("council-authorisation")
forbid (principal, action in [Action::"DRONE_DISPATCH", Action::"SENSOR_ACTIVATE"], resource)
unless
{
  (context.arguments has what && context.arguments.what == "site-twin") ||
  (context.facts has "council-authorisation" &&
   (if context.facts["council-authorisation"] has technologies
    then
      if action == Action::"DRONE_DISPATCH"
      then context.facts["council-authorisation"].technologies like "*drone*"
      else if context.arguments has what && ["lpr-one-plate", "lpr-history"].contains(context.arguments.what)
      then context.facts["council-authorisation"].technologies like "*lpr*"
      else context.facts["council-authorisation"].technologies like "*camera*"
    else true))
};
`,
  'use-of-force': `@id("use-of-force")
@type("USE_OF_FORCE")
@severity("BLOCKING")
@citation("Graham v. Connor, 490 U.S. 386 (1989); Tennessee v. Garner, 471 U.S. 1 (1985); SWOE rule: force is an officer's decision and no step applies or actuates it")
@refusal("SWOE applies no force: robots go unarmed, nothing carries a payload, egress stays open, and spikes are laid only after a supervisor's yes for this time.")
@facts("")
@always
forbid (
  principal,
  action in
    [Action::"DRONE_DISPATCH", Action::"ROBOT_DISPATCH", Action::"PATROL_REROUTE", Action::"LOCKDOWN_INITIATE", Action::"RESOURCE_ALLOCATE",
     Action::"SENSOR_ACTIVATE"],
  resource
)
when
{
  context.arguments has force ||
  context.arguments has payload ||
  (action == Action::"ROBOT_DISPATCH" && !(context.arguments has unarmed && context.arguments.unarmed)) ||
  (action == Action::"LOCKDOWN_INITIATE" && !(context.arguments has egress && context.arguments.egress == "open")) ||
  (action == Action::"RESOURCE_ALLOCATE" &&
   context.arguments has purpose &&
   context.arguments.purpose == "spikes" &&
   !(context has run && context.run.roles.containsAny(["supervisor", "watch_commander", "incident_commander", "chief"])))
};
`,
  'verified-hit': `@id("verified-hit")
@type("LEGAL_GUARDRAIL")
@severity("BLOCKING")
@citation("Kansas v. Glover, 140 S. Ct. 1183 (2020); Green v. City & County of San Francisco, 751 F.3d 1039 (9th Cir. 2014) (persuasive only in Florida); NCIC hit confirmation (policy, not statute); agency SOP: a human compares the plate")
@refusal("Nobody moves on this record: the originating agency must have confirmed it as active, and a reader's hit must have been compared with the picture by a human, plate, state and vehicle.")
@facts("plate-verified vehicle-confirmation")
forbid (principal, action in [Action::"PATROL_REROUTE", Action::"BOLO_ISSUE", Action::"PREDICTIVE_ALERT"], resource)
unless
{
  context.facts has "vehicle-confirmation" &&
  context.facts["vehicle-confirmation"].status == "active" &&
  (context.incident.type != "plate.hit" || context.facts has "plate-verified")
};
`,
  'warrant-requirements': `// The scope is in the court's words: the clause looks for the means that the step uses.
@id("warrant-requirements")
@type("LEGAL_GUARDRAIL")
@severity("BLOCKING")
@citation("U.S. Const. amend. IV; Fla. Stat. 933.07(1); Fla. Stat. 933.05 on its return (unconfirmed: the warrant's own expiry counts)")
@refusal("No search without its warrant: a numbered, live and unserved warrant from the court's feed must cover this very means. What it does not name is not covered.")
@facts("warrant")
forbid (principal, action in [Action::"SENSOR_ACTIVATE", Action::"DRONE_DISPATCH"], resource)
unless
{
  context.facts has warrant &&
  context.facts.warrant has number &&
  !(context.facts.warrant has served && context.facts.warrant.served) &&
  (if action == Action::"DRONE_DISPATCH"
   then context.facts.warrant.scope like "*aerial*" || context.facts.warrant.scope like "*drone*"
   else if context.arguments has what && ["lpr-one-plate", "lpr-history"].contains(context.arguments.what)
   then context.facts.warrant.scope like "*plate*" || context.facts.warrant.scope like "*tracking*" || context.facts.warrant.scope like "*location*"
   else context.facts.warrant.scope like "*camera*" || context.facts.warrant.scope like "*video*" || context.facts.warrant.scope like "*surveillance*")
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
