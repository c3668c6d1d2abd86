import type { Scenario } from './scenario.ts';
import { documented } from './usual.ts';

export const cyberAttack: Scenario = {
  workflow: 'cyber-attack-response',
  title: 'Ransomware is found in the records segment at police headquarters',
  spot: { name: 'police headquarters', lat: 26.7829, lon: -80.0597 },
  events: [
    { source: 'cyber_intel', type: 'cyber.scan', data: { severity: 1, summary: 'Odd traffic in the records segment' } },
    {
      source: 'cyber_intel',
      type: 'cyber.ransomware',
      data: { severity: 4, segment: 'SEG-RECORDS', ransomware: true, summary: 'Ransomware in the records segment' },
    },
  ],
  facts: ({ incident }) => [documented(incident, 'ransomware', 'segment separated, state told')],
  people: ['ciso', 'supervisor'],
};
