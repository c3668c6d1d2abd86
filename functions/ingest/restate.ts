import type { Fact } from '../../shared/contracts/policy.ts';
import { isRetracted } from '../../shared/domain/correction.ts';
import { nodeOf } from '../../shared/lambda/ids.ts';
import { packed } from '../../shared/lambda/packed.ts';
import { factsOf } from '../../shared/policy/facts.ts';
import type { AcceptDeps } from './accept.ts';
import type { Split } from './cut.ts';
import { factEntry } from './entries.ts';

/** Facts in one transaction, each with its entry: well under its hundred writes. */
const AT_ONCE = { most: 20 };

/**
 * What events attest that are in another incident now, stated for that one as well: whoever asks about it must find it. What they attested of the
 * old one stands there until it expires; it was true of it when it was said. May be done any number of times.
 */
export const restate =
  ({ events, facts, journal }: AcceptDeps) =>
  async (splits: readonly Split[]): Promise<void> => {
    const attested: Fact[] = [];
    for (const { into, members } of splits)
      for (const { event } of await events.among(members.map(nodeOf)))
        if (!isRetracted(event)) attested.push(...factsOf({ ...event, incidentId: into }));
    // Several incidents may have lost the same members to one.
    const stated = [...new Map(attested.map((fact) => [`${fact.subject} ${fact.kind} ${fact.eventKey}`, fact])).values()];
    for (const some of packed(stated, AT_ONCE)) {
      const incidentOf = ({ subject }: Fact) => (subject.startsWith('incident/') ? subject.slice('incident/'.length) : undefined);
      await journal.commit(
        String(some[0]?.eventKey),
        some.map((fact) => factEntry(fact, incidentOf(fact))),
        some.map((fact) => facts.record(fact)),
      );
    }
  };
