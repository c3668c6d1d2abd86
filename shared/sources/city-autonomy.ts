import { services } from './shapes/city.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const cityAutonomy: SourceSpec = {
  source: 'city_autonomy',
  title: 'City autonomy',
  usual: { category: 'CITY', priority: 'LOW', confidence: 0.6 },
  categories: ['CITY', 'ALERT', 'SYSTEM'],
  speaks: [],
  types: services,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  silentAfterS: 900,
};
