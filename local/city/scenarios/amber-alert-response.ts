import { authorised } from './authority.ts';
import type { Scenario, Statement } from './scenario.ts';
import { documented, exigent, offence } from './usual.ts';

/** One of the state's five criteria, as a detective attests it. */
const attested = (incident: string, criterion: string): Statement => ({
  source: 'investigations',
  kind: `amber-${criterion}`,
  subject: incident,
  value: { by: 'detective on duty' },
  hours: 24,
});

/** The criteria are stated with the danger, so the run may start by its condition a moment before its own event joins it. */
export const amberAlert: Scenario = {
  workflow: 'amber-alert-response',
  title: 'A child was pulled into a car at Blue Heron and Congress',
  spot: { name: 'Blue Heron and Congress', lat: 26.7832, lon: -80.0869 },
  events: [
    { source: 'cad_system', type: 'call.received', data: { summary: 'A witness calls about a child and a car' } },
    {
      source: 'investigations',
      type: 'child.abducted',
      data: { summary: 'A detective reports an abduction' },
      entities: [{ kind: 'plate', id: 'RBA-3310' }],
    },
  ],
  facts: ({ incident }) => [
    exigent(incident, 'imminent danger to life'),
    offence(incident, 4, 'kidnapping of a child'),
    ...['child', 'abduction', 'danger', 'description', 'recommendation'].map((criterion) => attested(incident, criterion)),
    authorised(incident, 24),
    documented(incident, 'child abduction', 'child found safe'),
  ],
  people: ['supervisor', 'chief', 'watch_commander'],
};
