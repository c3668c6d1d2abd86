import type { FactOverride } from '../../shared/contracts/fact.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import { isRetracted } from '../../shared/domain/correction.ts';
import { nodeOf } from '../../shared/lambda/ids.ts';
import { packed } from '../../shared/lambda/packed.ts';
import { factsOf } from '../../shared/policy/facts.ts';
import { isAboutSame } from '../../shared/policy/override.ts';
import type { AcceptDeps } from './accept.ts';
import type { Split } from './cut.ts';
import { factEntry } from './entries.ts';

/** Facts in one transaction, each with its entry: well under its hundred writes. */
const AT_ONCE = { most: 20 };

/** What members attested that are in another incident now, of that one; and of which incidents they attested it before. */
const attestedBy = async ({ events }: AcceptDeps, splits: readonly Split[]): Promise<{ facts: Fact[]; left: Set<string> }> => {
  const [facts, left]: [Fact[], Set<string>] = [[], new Set()];
  for (const { into, from, members } of splits)
    for (const { event } of await events.among(members.map(nodeOf))) {
      const attested = isRetracted(event) ? [] : factsOf({ ...event, incidentId: into });
      facts.push(...attested);
      if (attested.length > 0) for (const id of [from, event.incidentId]) if (id) left.add(`incident/${id}`);
    }
  // Several incidents may have lost the same members to one.
  return { facts: [...new Map(facts.map((fact) => [`${fact.subject} ${fact.kind} ${fact.eventKey}`, fact])).values()], left };
};

/** What two persons said of a fact is said of it in its new incident as well, before it is stated there. */
const carry = async ({ facts, journal }: AcceptDeps, stated: readonly Fact[], left: ReadonlySet<string>): Promise<void> => {
  const overrides = (await Promise.all([...left].map(facts.overridesOf))).flat();
  const carried = new Map<string, FactOverride>();
  for (const fact of stated)
    for (const one of overrides)
      if (isAboutSame(one, fact) && one.subject !== fact.subject)
        carried.set(`${one.id} ${fact.subject}`, { ...one, subject: fact.subject });
  for (const some of packed([...carried.values()], AT_ONCE)) await journal.commit(String(some[0]?.subject), [], some.map(facts.carried));
};

/**
 * What events attest that are in another incident now, stated for that one as well: whoever asks about it must find it. What they attested of the
 * old one stands there until it expires; it was true of it when it was said, and whoever came for it still acts there. May be done any number of times.
 */
export const restate =
  (deps: AcceptDeps) =>
  async (splits: readonly Split[]): Promise<void> => {
    const { facts: stated, left } = await attestedBy(deps, splits);
    if (stated.length === 0) return;
    await carry(deps, stated, left);
    for (const some of packed(stated, AT_ONCE)) {
      const incidentOf = ({ subject }: Fact) => (subject.startsWith('incident/') ? subject.slice('incident/'.length) : undefined);
      await deps.journal.commit(
        String(some[0]?.eventKey),
        some.map((fact) => factEntry(fact, incidentOf(fact))),
        some.map((fact) => deps.facts.record(fact)),
      );
    }
  };
