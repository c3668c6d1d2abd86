import { cyber } from './shapes/cyber.ts';
import type { SourceSpec } from './source.ts';

export const cyberIntel: SourceSpec = {
  source: 'cyber_intel',
  title: 'Cyber intelligence',
  usual: { category: 'CYBER', priority: 'MEDIUM', confidence: 0.7 },
  categories: ['CYBER', 'ALERT', 'THREAT', 'SYSTEM'],
  speaks: ['suricata-eve'],
  types: cyber,
  // A network sensor under a scan says thousands of lines in a minute; what they repeat is theirs to aggregate.
  rate: { perSecond: 500, burst: 2000 },
  buffer: 5000,
  silentAfterS: 600,
};
