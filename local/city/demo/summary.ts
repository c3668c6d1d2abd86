import { BASE_PATH } from '../../../shared/contracts/endpoints.ts';
import type { DemoResult } from './perform.ts';
import type { Line, Plot } from './story.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** How it ended, who was sent, and where to read on. */
export const summary = (plot: Plot, { ok, why, seconds: took }: DemoResult, gateway: string): Line[] => {
  const { units, firstDispatchMs, ending, incidentId, alerts } = plot;
  const missing = ending?.missing.map(({ step, cause }) => `${step}${cause ? ` (${cause})` : ''}`).join(', ');
  const lines: (Line | undefined)[] = [
    { text: '', tone: 'plain' },
    ok
      ? {
          text: `✓ The demo is over: COMPLETED${ending?.degraded ? `, degraded; missing: ${missing}` : ', nothing missing'} after ${took.toFixed(1)} s.`,
          tone: 'good',
        }
      : { text: `✗ The demo failed. ${why}.`, tone: 'bad' },
    units.length > 0 ? { text: `  Units sent: ${units.join(', ')}.`, tone: 'plain' } : undefined,
    firstDispatchMs === undefined
      ? undefined
      : { text: `  First dispatch ${seconds(firstDispatchMs)} after the shot; ${alerts} alerts told.`, tone: 'plain' },
    incidentId
      ? {
          text: `  Read the journal: curl -s -H "Authorization: Bearer $(npm run -s token -- viewer)" '${gateway}${BASE_PATH}/audit?incidentId=${incidentId}'`,
          tone: 'plain',
        }
      : undefined,
  ];
  return lines.filter((line) => line !== undefined);
};
