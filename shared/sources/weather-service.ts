import { weather } from './shapes/weather.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const weatherService: SourceSpec = {
  source: 'weather_service',
  title: 'The weather service',
  usual: { category: 'EMERGENCY', priority: 'MEDIUM', confidence: 0.8 },
  categories: 'any',
  speaks: [],
  types: weather,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
