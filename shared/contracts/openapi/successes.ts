import type * as z from 'zod';
import { Asked } from '../ask.ts';
import type { Endpoint } from '../endpoint.ts';

interface Success {
  readonly status: number;
  readonly reply: z.ZodType;
}

/** What an operation comes to when it is done. */
export const outcomeOf = ({ status = 200, reply }: Endpoint): Success => ({ status, reply });

/** What an operation may be answered with when it is asked for: what takes two persons is not done yet. */
export const successesOf = (endpoint: Endpoint): Success[] => [endpoint.twoPersons ? { status: 202, reply: Asked } : outcomeOf(endpoint)];
