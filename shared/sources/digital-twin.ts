import { twin } from './shapes/city.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const digitalTwin: SourceSpec = {
  source: 'digital_twin',
  title: 'The city’s digital twin',
  usual: { category: 'CITY', priority: 'INFO', confidence: 0.6 },
  categories: ['CITY', 'ALERT', 'SENSOR', 'SYSTEM'],
  speaks: [],
  types: twin,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  silentAfterS: 900,
};
