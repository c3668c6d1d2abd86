import { describe, expect, test } from 'vitest';
import { read, WARNING, warningXml } from './reading.ts';

const warning = (...changes: (readonly [string | RegExp, string])[]) => read('weather_service', warningXml(changes));

describe('a CAP alert', () => {
  test('becomes a weather alert with its place, its codes and every language', () => {
    const event = warning();
    expect(event).toMatchObject({ id: 'duty@weather.example,flood-2026-17', type: 'weather.alert', time: '2026-11-22T17:00:00.000Z' });
    expect(event.data).toMatchObject({
      category: 'EMERGENCY',
      priority: 'HIGH',
      confidence: 0.95,
      status: 'Actual',
      msgType: 'Alert',
      severity: 'Severe',
      urgency: 'Immediate',
      expires: '2026-11-22T20:00:00.000Z',
      same: ['012099'],
      ugc: ['FLC099'],
      entities: [{ kind: 'cap-alert', id: 'duty@weather.example,flood-2026-17' }],
      summary: 'Flash flood warning & high tide',
      language: 'en-US',
    });
    expect(event.data['infos']).toMatchObject([
      { language: 'es-US', headline: 'Aviso de inundación & marea' },
      {
        language: 'en-US',
        description: 'Water <rises> & stays.',
        areas: [
          {
            polygons: [
              [
                [26.7, -80.1],
                [26.8, -80.1],
                [26.8, -80],
                [26.7, -80],
                [26.7, -80.1],
              ],
            ],
          },
        ],
      },
    ]);
    expect(event.data.location).toMatchObject({
      lat: expect.closeTo(26.75, 3),
      lon: expect.closeTo(-80.05, 3),
      radiusM: expect.closeTo(7460, -2),
    });
  });

  test('is the same in the data of a CloudEvents envelope', () => {
    const envelope = {
      specversion: '1.0',
      id: 'wrapper-1',
      source: 'x',
      type: 'x.y',
      datacontenttype: 'application/cap+xml; charset=utf-8',
      data: WARNING,
    };
    expect(read('weather_service', envelope)).toEqual(warning());
    expect(read('weather_service', { ...envelope, datacontenttype: 'application/xml' })).toEqual(warning());
  });

  test('that is no more than a test is no weather alert, whatever else it says', () => {
    for (const [status, type] of [
      ['Exercise', 'alert.exercise'],
      ['Test', 'alert.test'],
      ['System', 'alert.system'],
      ['Draft', 'alert.draft'],
    ] as const) {
      const drill = warning(['<status>Actual<', `<status>${status}<`], ['<severity>Severe<', '<severity>Extreme<']);
      expect(drill).toMatchObject({ type, data: { exercise: true, priority: 'INFO', status, entities: [{ kind: 'cap-drill' }] } });
      expect(drill.data.summary).toMatch(new RegExp(`^${status.toUpperCase()}: `));
    }
    expect(warning(['<value>FFW<', '<value>RWT<'])).toMatchObject({ type: 'alert.test', data: { exercise: true } });
  });

  test('updates and cancels what it names, in the same incident', () => {
    const references =
      '<code>profile:test</code><references>duty@weather.example,flood-2026-16,2026-11-22T11:00:00-05:00\n a@b.example,x1,2026-11-22T10:00:00-00:00</references>';
    const update = warning(['<msgType>Alert<', '<msgType>Cancel<'], ['<code>profile:test</code>', references]);
    expect(update).toMatchObject({
      type: 'weather.alert',
      data: {
        msgType: 'Cancel',
        priority: 'MEDIUM',
        references: [
          { id: 'duty@weather.example,flood-2026-16', sent: '2026-11-22T16:00:00.000Z' },
          { id: 'a@b.example,x1', sent: '2026-11-22T10:00:00.000Z' },
        ],
      },
    });
    expect((update.data.entities ?? []).map(({ id }) => id)).toEqual([
      'duty@weather.example,flood-2026-17',
      'duty@weather.example,flood-2026-16',
      'a@b.example,x1',
    ]);
    expect(warning(['<msgType>Alert<', '<msgType>Ack<'], ['<code>profile:test</code>', references])).toMatchObject({
      type: 'alert.acknowledged',
    });
  });

  test('that is over when it comes is kept, low, and says so', () => {
    expect(read('weather_service', warningXml(), Date.parse('2026-11-23T00:00:00Z')).data).toMatchObject({
      expired: true,
      priority: 'LOW',
    });
  });

  test('about a child names the child in no summary, and is not what starts AMBER', () => {
    const amber = warning(
      ['<category>Met<', '<category>Rescue<'],
      ['<value>FFW<', '<value>CAE<'],
      ['Flash flood warning &amp; high tide', 'AMBER: Mary Testchild, 6'],
    );
    expect(amber).toMatchObject({ type: 'alert.amber', data: { category: 'ALERT', summary: 'Flash Flood, from Test office' } });
  });

  test('takes the gravest block that is imminent, and mixes none', () => {
    const later = /<urgency>Immediate<\/urgency>\n {4}<severity>Severe<([\s\S]*?<language>en-US)/;
    const mixed = warning([later, '<urgency>Future</urgency>\n    <severity>Extreme<$1']);
    expect(mixed.data).toMatchObject({ severity: 'Severe', urgency: 'Immediate', language: 'en-US', priority: 'HIGH' });
  });

  test.each([
    ['Fire', 'alert.fire'],
    ['Health', 'alert.health'],
    ['CBRNE', 'alert.cbrne'],
    ['Security', 'alert.public-safety'],
    ['Geo', 'weather.alert'],
  ])('of category %s is %s', (category, type) => {
    expect(warning(['<category>Met<', `<category>${category}<`]).type).toBe(type);
  });

  test('wider than a location may be says that its area was clamped', () => {
    const wide = warning(
      [/<polygon>[^<]*/, '<circle>26.7,-80.1 400</circle><circle>27,-80.1 10</circle>'],
      [/<\/circle><\/polygon>/, '</circle>'],
    );
    expect(wide.data).toMatchObject({ areaClamped: true, location: { radiusM: 100_000 } });
  });
});
