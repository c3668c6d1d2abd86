import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { create as createShare } from '../../../functions/share/handler.ts';
import type { Outgoing } from '../../../shared/contracts/sharing.ts';
import { agreement } from '../../support/agreement.ts';
import { delivery, gunshot, raw, rooms } from '../../support/rooms.ts';

export const SHERIFF = { id: 'sheriff', agreement: agreement() };
export const COAST = { id: 'coast-guard', agreement: agreement({ fields: ['location'], entities: [], data: [] }, { id: 'MOU-2026-020' }) };

/** Ingest and `share` over one store: what ingest announces, `share` hears when a test says so. */
export const sharing = (partners: readonly object[] = [SHERIFF]) => {
  const ground = rooms();
  const env = { ...ground.runtime.env, BUS_NAME: 'swoe-dev-sharing', HOME_AGENCY: 'riviera-beach-pd', PARTNERS: JSON.stringify(partners) };
  const lines: string[] = [];
  const log = { ...ground.runtime.log, error: (_: string, { line }: Record<string, unknown>) => void lines.push(String(line)) };
  const share = createShare({ ...ground.runtime, env, log });
  const ingest = createIngest(ground.runtime);
  let heard = 0;
  return {
    ...ground,
    share,
    lines,
    put: (source: string, detail: object) => ingest(delivery(raw(source, detail))),
    shot: (id: string, data: object = {}) =>
      ingest(delivery(raw('gunshot_detection', gunshot(id, { entities: [{ kind: 'plate', id: 'RBH 4417' }], ...data })))),
    /** Everything that ingest announced since, as the rule of the bus hands it on. */
    announced: () => {
      const own = ground.told.filter(({ source }) => source === 'swoe');
      const fresh = own.slice(heard).filter(({ type }) => ['event.normalized', 'event.corrected'].includes(type));
      heard = own.length;
      return fresh.map(({ type, detail }) => raw('swoe', detail, { 'detail-type': type }));
    },
    /** What left, in order. */
    left: () => ground.told.filter(({ source }) => source === 'partner_agency').map(({ detail }) => detail as unknown as Outgoing),
    recorded: async () => (await ground.entries()).filter(({ kind }) => kind === 'dissemination.recorded'),
  };
};

export type Sharing = ReturnType<typeof sharing>;

/** What was announced reaches `share`, in one delivery. */
export const passOn = async (ground: Sharing): Promise<string[]> => {
  const { batchItemFailures } = await ground.share(delivery(...ground.announced()));
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

const OF = { source: 'gunshot_detection', id: 'shot-1' };

/** What dispatch says of `shot-1` afterwards. */
export const corrected = (ground: Sharing, id: string, data: object, type = 'event.corrected') =>
  ground.put('dispatch', {
    specversion: '1.0',
    id,
    source: 'desk-1',
    type,
    time: '2026-11-22T17:00:00.000Z',
    data: type === 'event.retracted' ? { retracts: OF } : { corrects: OF, ...data },
  });

/** That `shot-1` was none. */
export const falseAlarm = (ground: Sharing, id: string) => corrected(ground, id, {}, 'event.retracted');
