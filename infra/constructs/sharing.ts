import { Construct } from 'constructs';
import { correctable, shareable } from '../../shared/routing/sharing.ts';
import { ourAgencies, partnersText, sharedWith } from '../agencies.ts';
import { functions } from '../functions.ts';
import { polling, type Reach } from './grants.ts';
import { OutgoingBus } from './outgoing-bus.ts';
import { OutgoingRules } from './outgoing-rules.ts';
import { queueToFunction } from './queue-to-function.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import { RuleToQueue } from './rule-to-queue.ts';
import type { Setting } from './setting.ts';
import { StandIn } from './stand-in.ts';
import { SwoeFunction } from './swoe-function.ts';

/** What happened here, to the agencies with whom it is agreed: bus → queue → `share` → the bus that leads out → their buses. */
export class Sharing extends Construct {
  constructor(scope: Construct, id: string, bus: string, { tables, vaultKeyArn }: Pick<Reach, 'tables' | 'vaultKeyArn'>, setting: Setting) {
    super(scope, id);
    const { agencies } = setting.config;
    const partners = sharedWith(agencies);
    const to = new QueueWithDlq(this, 'Queue', 'share', functions.share.timeout * 6, setting);
    new RuleToQueue(this, 'Shareable', { name: 'share', bus, pattern: shareable(partners), to }, setting);
    new RuleToQueue(this, 'Correctable', { name: 'share-corrections', bus, pattern: correctable, to }, setting);
    const out = new OutgoingBus(this, 'Out', setting);
    const environment = {
      HOME_AGENCY: ourAgencies(agencies)[0] ?? '',
      PARTNERS: partnersText(agencies),
    };
    const grants = [polling([to.queue.queueArn])];
    const reach = { tables, vaultKeyArn, busArn: out.arn, busName: out.name, environment, grants };
    const room = new SwoeFunction(this, 'share', 'share', reach, setting);
    queueToFunction(this, 'Source', to, room, functions.share.concurrency);
    for (const { bus: theirs, ...partner } of partners)
      new OutgoingRules(this, partner, theirs === 'stand-in' ? new StandIn(this, partner.id, setting).arn : theirs, out, setting);
  }
}
