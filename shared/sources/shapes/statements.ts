import * as z from 'zod';
import { UnitMaintenance, UnitStatus } from '../../contracts/resource.ts';
import { SubsystemWord } from '../../contracts/subsystem.ts';
import type { Types } from '../source.ts';
import { Count, HeadingDeg, Percent, shape } from './words.ts';

/** What a machine in the field tells of itself beside where it is. */
const Telemetry = shape({
  batteryPct: Percent.optional(),
  /** Metres above the take-off point; below it is negative. */
  altitudeM: z.number().min(-500).max(20_000).optional(),
  speedMps: z.number().min(0).max(120).optional(),
  headingDeg: HeadingDeg.optional(),
  linkPct: Percent.optional(),
  satellites: Count.max(100).optional(),
  temperatureC: z.number().min(-80).max(200).optional(),
  /** Seconds that it can go on at this rate. */
  enduranceS: z.number().min(0).max(1_000_000).optional(),
});

const location = { lat: 26.7829, lon: -80.0597, radiusM: 5 };

const status = { title: 'A unit says what it is, where it is, and whether it can be sent' };

/** What any source may state: of a unit of its own, and of itself. */
export const statements: Types = {
  'unit.status': {
    ...status,
    schema: UnitStatus,
    example: {
      unit: {
        id: 'RB-OFFICER-05',
        type: 'OFFICER',
        status: 'AVAILABLE',
        capabilities: ['trauma-kit'],
        certifications: ['cit'],
        shift: { from: '2026-11-22T11:00:00Z', to: '2026-11-22T23:30:00Z' },
      },
      location,
    },
  },
  'unit.maintenance': {
    title: 'When a unit is in the workshop, in place of what was said of it before',
    schema: UnitMaintenance,
    example: {
      unit: { id: 'RB-DRONE-01', maintenance: [{ from: '2026-11-23T08:00:00Z', to: '2026-11-23T10:00:00Z', why: 'propellers' }] },
    },
  },
  'subsystem.registered': {
    title: 'A subsystem says that it is there, and how often it will say so',
    schema: SubsystemWord,
    example: { subsystem: 'cad_system', everyS: 60, version: '4.2.1' },
  },
  'subsystem.heartbeat': {
    title: 'A subsystem is alive',
    schema: SubsystemWord,
    example: { subsystem: 'cad_system' },
  },
};

/** The same of a machine, with its telemetry: a statement, so that a drone over the city for an hour is one unit and no incident. */
export const telemetryOf = (id: string, type: 'DRONE' | 'ROBOT'): Types => ({
  'unit.status': {
    ...status,
    schema: UnitStatus.extend({ telemetry: Telemetry.optional() }),
    example: {
      unit: { id, type, status: 'AVAILABLE', capabilities: ['camera'] },
      location,
      telemetry: { batteryPct: 81, ...(type === 'DRONE' ? { altitudeM: 60 } : {}), speedMps: 3.2, headingDeg: 270, linkPct: 96 },
    },
  },
});
