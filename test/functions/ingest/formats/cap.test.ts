import { describe, expect, test } from 'vitest';
import { read, refusal, sample } from './reading.ts';

const WARNING = sample('flood-warning.cap.xml');
const xml = (changes: readonly (readonly [string | RegExp, string])[] = []) => ({
  xml: changes.reduce((text, [from, to]) => {
    const changed = text.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to);
    if (changed === text) throw new Error(`Nothing in the sample is ${from}`);
    return changed;
  }, WARNING),
});
const warning = (...changes: (readonly [string | RegExp, string])[]) => read('weather_service', xml(changes));
const wrong = (...changes: (readonly [string | RegExp, string])[]) => refusal('weather_service', xml(changes));

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
    expect(update.data.entities.map(({ id }) => id)).toEqual([
      'duty@weather.example,flood-2026-17',
      'duty@weather.example,flood-2026-16',
      'a@b.example,x1',
    ]);
    expect(warning(['<msgType>Alert<', '<msgType>Ack<'], ['<code>profile:test</code>', references])).toMatchObject({
      type: 'alert.acknowledged',
    });
  });

  test('that is over when it comes is kept, low, and says so', () => {
    expect(read('weather_service', xml(), Date.parse('2026-11-23T00:00:00Z')).data).toMatchObject({ expired: true, priority: 'LOW' });
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

describe('a CAP alert is refused', () => {
  test.each<[string, readonly (readonly [string | RegExp, string])[], string]>([
    ['without a sender', [[/ *<sender>.*\n/, '']], 'alert.sender: is missing'],
    [
      'with a space in its identifier',
      [['flood-2026-17', 'flood 17']],
      'alert.identifier: is empty, or has a space, a comma, < or & in it',
    ],
    [
      'with an unknown urgency',
      [['>Immediate<', '>Soon<']],
      'alert.info[0].urgency: is none of Immediate, Expected, Future, Past, Unknown',
    ],
    [
      'with two statuses',
      [['<status>Actual</status>', '<status>Actual</status><status>Test</status>']],
      'alert.status: is none of Actual, Exercise, System, Test, Draft',
    ],
    [
      'with UTC written as Z',
      [['<sent>2026-11-22T12:00:00-05:00', '<sent>2026-11-22T17:00:00Z']],
      'alert.sent: ends in Z; CAP 1.2 writes UTC as -00:00',
    ],
    [
      'with a date that is none',
      [['<sent>2026-11-22', '<sent>2026-02-30']],
      'alert.sent: is not a date and time with an offset, such as 2026-11-22T12:00:00-05:00',
    ],
    [
      'with an open polygon',
      [['26.70,-80.00 26.70,-80.10<', '26.70,-80.00<']],
      'alert.info[0].area[0].polygon[0]: is not closed: its last point is not its first',
    ],
    [
      'with a polygon of three points',
      [
        [/26\.80,-80\.10 26\.80,-80\.00 /, '26.80,-80.10 '],
        ['26.80,-80.10 26.70,-80.00', '26.80,-80.10'],
      ],
      'alert.info[0].area[0].polygon[0]: has fewer than four points',
    ],
    [
      'with a place that is not on earth',
      [['26.80,-80.00', '96.80,-80.00']],
      'alert.info[0].area[0].polygon[0]: has a point that is no "latitude,longitude" (the 3.)',
    ],
    [
      'with a circle without a radius',
      [[/<polygon>[^<]*<\/polygon>/, '<circle>26.7,-80.1</circle>']],
      'alert.info[0].area[0].circle[0]: is not "latitude,longitude radius in km"',
    ],
    [
      'that updates nothing',
      [['<msgType>Alert<', '<msgType>Update<']],
      'alert.references: is missing: an alert of msgType Update names those that it is about',
    ],
    [
      'that is private and addressed to nobody',
      [['<scope>Public<', '<scope>Private<']],
      'alert.addresses: is missing: the scope is Private',
    ],
    [
      'with an element that CAP does not have',
      [['<code>profile:test</code>', '<code>profile:test</code><mood/>']],
      'alert.mood: is no element of CAP 1.2 at this place',
    ],
    [
      'with elements in another order',
      [['<status>Actual</status>\n  <msgType>Alert</msgType>', '<msgType>Alert</msgType>\n  <status>Actual</status>']],
      "alert.status: stands after msgType, and CAP's schema wants it before",
    ],
    [
      'with an element of somebody else’s',
      [['<code>profile:test</code>', '<x:code xmlns:x="urn:x">1</x:code>']],
      'alert.{urn:x}code: is no element of CAP 1.2 at this place',
    ],
    ['with an empty info', [[/<info>[\s\S]*<\/info>/, '<info/>']], 'alert.info[0]: has no elements in it'],
    [
      'of version 1.0',
      [['urn:oasis:names:tc:emergency:cap:1.2', 'http://www.incident.com/cap/1.0']],
      'alert: is not of CAP 1.2 or 1.1: the namespace is another',
    ],
    [
      'with a DOCTYPE',
      [['<alert ', '<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert ']],
      'xml: holds a DOCTYPE or an entity; those are never read, so nothing of it is',
    ],
    ['with an entity that nobody declared', [['The shore', 'The &shore;']], 'xml: names an entity that XML does not have of itself'],
    ['that is cut off', [[/<\/alert>/, '']], 'xml: is not well-formed XML (InvalidTag, line 3, column 1)'],
  ])('%s', (_, changes, reason) => {
    expect(wrong(...changes)).toBe(reason);
  });

  test('is told that an index or several alerts are not one alert', () => {
    const feed = (inside: string) =>
      refusal('weather_service', { xml: `<feed xmlns="http://www.w3.org/2005/Atom"><entry>${inside}</entry></feed>` });
    const bare = WARNING.replace(/<\?xml.*\?>/, '');
    expect(feed('<link href="x"/>')).toBe(
      'feed: is an index of alerts and holds none itself: fetch what it links to and put that on the bus',
    );
    expect(feed(bare + bare)).toBe('feed: holds 2 alerts, and one event is one alert: put each of them on the bus by itself');
    expect(feed(bare)).toBeUndefined();
  });
});
