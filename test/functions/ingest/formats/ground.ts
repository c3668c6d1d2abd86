import { adapt } from '../../../../functions/ingest/formats/index.ts';
import { normalise } from '../../../../functions/ingest/normalise.ts';
import type { Source } from '../../../../shared/contracts/vocabulary.ts';
import { sources } from '../../../../shared/sources/index.ts';
import { only } from '../../../support/only.ts';

export const NOW = Date.UTC(2026, 10, 22, 17);

/** A raw record as it would come from the bus, through everything that ingest asks of it. */
export const onBus = (source: Source, detail: unknown) =>
  only(
    normalise(
      { id: 'bus-1', source, 'detail-type': 'raw', time: new Date(NOW).toISOString(), detail } as Parameters<typeof normalise>[0],
      NOW,
    ),
  );

/** What the adapter alone makes of it. */
export const adapted = (source: Source, detail: unknown) => only(adapt(sources[source], detail, NOW));

export const event = (source: Source, detail: unknown) => {
  const normal = onBus(source, detail);
  if (!normal.ok) throw new Error(normal.reason);
  return normal.event;
};
