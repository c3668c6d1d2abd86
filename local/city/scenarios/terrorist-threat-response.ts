import { authorised, nexus } from './authority.ts';
import type { Scenario } from './scenario.ts';
import { documented, offence } from './usual.ts';

export const terroristThreat: Scenario = {
  workflow: 'terrorist-threat-response',
  title: 'Partners report a man who bought precursors and walked the port entrance with a plan',
  spot: { name: 'the port entrance', lat: 26.7686, lon: -80.0559 },
  events: [
    { source: 'threat_intel', type: 'threat.reported', data: { summary: 'A report about the port is looked into' } },
    {
      source: 'fusion_cloud',
      type: 'threat.credible',
      data: {
        specific: true,
        credible: true,
        behavioural: true,
        basis: 'plan',
        site: 'SITE-PORT',
        summary: 'A specific and credible plan against the port',
      },
      entities: [{ kind: 'site', id: 'SITE-PORT' }],
    },
  ],
  facts: ({ incident }) => [
    nexus(incident, 'purchase of precursors and a written plan'),
    offence(incident, 4, 'threat to life'),
    authorised(incident, 8),
    documented(incident, 'credible threat', 'handed to the task force'),
  ],
  people: ['intelligence_officer', 'watch_commander', 'incident_commander'],
};
