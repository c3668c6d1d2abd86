import { expect, test } from 'vitest';
import { Channel } from '../../shared/contracts/vocabulary.ts';
import { followIn, keptOn } from './followers.ts';
import { FLEET, shot, system } from './system.ts';

/** `SWOE_FOLLOWERS=500` is what the system was shown to serve; docs/live.md says what that took. */
const CLIENTS = Number(process.env['SWOE_FOLLOWERS'] ?? 24);
const SECONDS = 15;
/** How many of them lose their connection in any one second. */
const CUT = 0.2;

test(`${CLIENTS} clients, dropped and resumed at random while the city is busy: every one ends with the full sequence`, {
  timeout: 1_800_000,
}, async () => {
  const running = await system({ seed: 7 });
  await running.populate(FLEET);
  const { scheduler, live, pass } = running;
  const opening = Array.from({ length: CLIENTS }, (_, n) => followIn(running, Channel.options[n % 3] ?? 'events'));
  const clients = await live(Promise.all(opening));
  for (let second = 0; second < SECONDS; second += 1) {
    const location = { lat: 26.7 + second / 100, lon: -80.05, radiusM: 25 };
    await running.put('gunshot_detection', 'gunshot.detected', shot(`shot-${second}`, { location }));
    for (const client of clients) if (scheduler.random() < CUT) client.cut();
    await pass(1000);
  }
  await pass(60_000);
  const kept = await keptOn(running);
  for (const channel of Channel.options) expect(kept.get(channel)?.length).toBeGreaterThan(SECONDS);
  expect(clients.reduce((sum, client) => sum + client.cuts(), 0)).toBeGreaterThan(CLIENTS);
  for (const { channel, heard } of clients) expect(heard).toEqual(kept.get(channel));
  if (process.env['SWOE_FOLLOWERS'] === undefined) return;
  const { rss } = process.memoryUsage();
  console.info(
    `${CLIENTS} clients, ${[...kept].map(([channel, { length }]) => `${channel} ${length}`).join(', ')}, ${Math.round(rss / 2 ** 20)} MB`,
  );
});
