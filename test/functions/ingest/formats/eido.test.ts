import { describe, expect, test } from 'vitest';
import { json, read, refusal } from './reading.ts';

type Fields = Record<string, unknown>;
const eido = (changes: Fields = {}): Fields => ({ ...json('eido.json'), ...changes });
const incident = (changes: Fields): Fields =>
  eido({ incidentComponent: { ...(json('eido.json')['incidentComponent'] as Fields), ...changes } });
const place = (changes: Fields): Fields =>
  eido({ locationComponent: [{ ...(json('eido.json')['locationComponent'] as Fields[])[1], ...changes }] });

describe('an EIDO', () => {
  test('is a call with its place, its callers and its units', () => {
    expect(read('partner_agency', eido())).toMatchObject({
      id: 'urn:emergency:uid:incidentid:test0001:psap.example@2026-11-22T12:00:00.0-05:00',
      type: 'call.shots-fired',
      time: '2026-11-22T17:00:00.000Z',
      data: {
        priority: 'CRITICAL',
        location: { lat: 26.7753, lon: -80.0581, radiusM: 30 },
        incidentNumber: '26-000123',
        units: [{ id: 'P-21', type: 'Patrol', status: 'EnRoute' }],
        entities: [
          { kind: 'cad-incident', id: 'urn:emergency:uid:incidentid:test0001:psap.example' },
          { kind: 'phone', id: '5615550123' },
          { kind: 'unit', id: 'P-21' },
        ],
        summary: 'Shots Fired, from psap.example',
      },
    });
  });

  test('in the data of an envelope is the same', () => {
    const envelope = {
      specversion: '1.0',
      id: 'w',
      source: 'x',
      type: 'x.y',
      datacontenttype: 'application/emergency.eido+json',
      data: eido(),
    };
    expect(read('partner_agency', envelope)).toEqual(read('partner_agency', eido()));
  });

  test('names no person but in the document itself', () => {
    const { data } = read('partner_agency', eido());
    const { eido: document, ...rest } = data;
    expect(JSON.stringify(document)).toContain('Jane Testperson');
    expect(JSON.stringify(rest)).not.toContain('Testperson');
  });

  test.each([
    ['Structure Fire', 'call.fire'],
    ['Vehicle Accident', 'call.traffic'],
    ['Mental Health Crisis', 'call.mental-health'],
    ['Missing Child', 'call.missing-person'],
    ['Child Abduction', 'call.abduction'],
    ['Noise', 'call.received'],
  ])('of type %s is %s', (incidentTypeCommonRegistryText, type) => {
    expect(read('dispatch', incident({ incidentTypeCommonRegistryText })).type).toBe(type);
  });

  test('that is closed starts nothing, whatever it was', () => {
    expect(read('cad_system', incident({ incidentStatusCommonRegistryText: ['Closed'] })).type).toBe('call.closed');
  });

  test('with a caution of a weapon says so', () => {
    const prologue = { $id: 'c', lastUpdateTimeStamp: '2026-11-22T12:00:00-05:00', updatedByAgencyReference: { $ref: 'a' } };
    const caution = { ...prologue, cautionTypeInternalText: 'x', cautionTypeCommonRegistryText: 'Weapons', cautionSeverity: 'high' };
    expect(read('cad_system', eido({ cautionComponent: [caution] })).data).toMatchObject({ weapon: true });
  });

  test('with a location that cannot be read is taken without it', () => {
    const { data } = read('partner_agency', place({ locationByValue: '<presence>' }));
    expect(data.location).toBeUndefined();
    expect(data).toMatchObject({ unreadable: ['locationComponent[0].locationByValue'] });
  });

  test.each<[string, Fields, string]>([
    ['without its agencies', eido({ agencyComponent: undefined }), 'agencyComponent: is missing'],
    ['of another version', eido({ eidoVersion: '2.0' }), 'eidoVersion: is not 1.0, the version that is read here'],
    [
      'whose incident has no type',
      incident({ incidentTypeCommonRegistryText: undefined }),
      'incidentComponent.incidentTypeCommonRegistryText: is missing',
    ],
    [
      'with a disposition that says nothing',
      incident({
        dispositionComponent: [{ $id: 'd', lastUpdateTimeStamp: '2026-11-22T12:00:00-05:00', updatedByAgencyReference: { $ref: 'a' } }],
      }),
      'incidentComponent.dispositionComponent[0].dispositionCommonRegistryCode: is missing',
    ],
    ['updated by nobody', eido({ updatedByAgencyReference: {} }), 'updatedByAgencyReference.$ref: is missing'],
    [
      'updated at no time',
      eido({ lastUpdateTimeStamp: 'now' }),
      'lastUpdateTimeStamp: is not a date and time with an offset, such as 2026-11-22T12:00:00.0-05:00',
    ],
    [
      'with a location that has a DOCTYPE',
      place({ locationByValue: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>' }),
      'locationComponent[0].locationByValue: holds a DOCTYPE or an entity; those are never read, so nothing of it is',
    ],
  ])('%s is refused', (_, document, reason) => {
    expect(refusal('partner_agency', document)).toBe(reason);
  });
});
