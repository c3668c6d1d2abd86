import { weather } from './shapes/weather.ts';
import { type SourceSpec, USUAL_BUFFER } from './source.ts';

/** A storm front is hundreds of alerts at once, and a quiet day none, so silence says nothing. */
export const weatherService: SourceSpec = {
  source: 'weather_service',
  title: 'The weather service',
  usual: { category: 'EMERGENCY', priority: 'MEDIUM', confidence: 0.8 },
  categories: ['EMERGENCY', 'ALERT', 'SENSOR', 'CITY', 'SYSTEM'],
  speaks: ['cap', 'nws-alert', 'usgs-earthquake'],
  types: weather,
  rate: { perSecond: 50, burst: 500 },
  buffer: USUAL_BUFFER,
};
