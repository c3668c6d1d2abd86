import type * as z from 'zod';
import type { Endpoint } from '../endpoint.ts';

/** What an operation may succeed with: each status, and the shape that is told under it. */
export const successesOf = ({ status = 200, reply }: Endpoint): { status: number; reply: z.ZodType }[] => [{ status, reply }];
