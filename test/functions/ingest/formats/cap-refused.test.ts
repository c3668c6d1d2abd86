import { describe, expect, test } from 'vitest';
import { refusal, WARNING, warningXml } from './reading.ts';

const wrong = (...changes: (readonly [string | RegExp, string])[]) => refusal('weather_service', warningXml(changes));

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

  test('is told that an index of alerts is none', () => {
    const feed = (inside: string) =>
      refusal('weather_service', { xml: `<feed xmlns="http://www.w3.org/2005/Atom"><entry>${inside}</entry></feed>` });
    const bare = WARNING.replace(/<\?xml.*\?>/, '');
    expect(feed('<link href="x"/>')).toBe(
      'feed: is an index of alerts and holds none itself: fetch what it links to and put that on the bus',
    );
    expect(feed(bare)).toBeUndefined();
  });
});
