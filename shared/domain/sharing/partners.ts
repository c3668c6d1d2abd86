import * as z from 'zod';
import { Partner } from '../../contracts/agency.ts';
import { isInForce } from './agreed.ts';

/** The partners of a stage as its template tells a room. */
export const partnersIn = (text: string): Partner[] => z.array(Partner).parse(JSON.parse(text));

/** The partner whose people these are, while its agreement is in force at `now` (ms); undefined for everybody else. */
export const partnerOf = (partners: readonly Partner[], agency: string, now: number): Partner | undefined =>
  partners.find(({ id, agreement }) => id === agency && isInForce(agreement, now));
