import { type Endpoint, LOOK } from './endpoint.ts';
import { Kernel, KernelQueue, KernelQueueQuery, KernelRequest, KernelStop } from './kernel.ts';
import { Subsystems } from './subsystem.ts';
import type { Role } from './vocabulary.ts';

/** Whoever keeps the engine running looks at it as well. */
const WATCH: readonly Role[] = [...LOOK, 'kernel_operator'];
/** Who may hold the engine for a moment and let it go on: a watch commander need not find an operator first. */
const HOLD: readonly Role[] = ['watch_commander', 'kernel_operator'];
const OPERATE: readonly Role[] = ['kernel_operator'];

/** The engine itself: whether it starts and dispatches, and what waits until it does. */
export const kernelEndpoints = [
  {
    operation: 'getKernel',
    method: 'GET',
    path: '/kernel',
    roles: WATCH,
    reply: Kernel,
    etag: true,
    summary: 'Whether the engine runs, since when, by whose word and why',
  },
  {
    operation: 'startKernel',
    method: 'POST',
    path: '/kernel/start',
    roles: OPERATE,
    body: KernelRequest,
    reply: Kernel,
    refuses: ['conflict'],
    summary: 'Start what was stopped; what waits goes in order',
  },
  {
    operation: 'stopKernel',
    method: 'POST',
    path: '/kernel/stop',
    roles: OPERATE,
    twoPersons: true,
    body: KernelStop,
    reply: Kernel,
    refuses: ['conflict'],
    summary: 'Start nothing more; what runs comes to its end, or is called off',
  },
  {
    operation: 'pauseKernel',
    method: 'POST',
    path: '/kernel/pause',
    roles: HOLD,
    body: KernelRequest,
    reply: Kernel,
    refuses: ['conflict'],
    summary: 'Start nothing and dispatch nothing new; what is under way is still heard',
  },
  {
    operation: 'resumeKernel',
    method: 'POST',
    path: '/kernel/resume',
    roles: HOLD,
    body: KernelRequest,
    reply: Kernel,
    refuses: ['conflict'],
    summary: 'Go on after a pause; what waits goes in order, CRITICAL first',
  },
  {
    operation: 'kernelQueue',
    method: 'GET',
    path: '/kernel/queue',
    roles: WATCH,
    query: KernelQueueQuery,
    reply: KernelQueue,
    summary: 'Starts and steps that wait, in the order in which they go',
  },
  {
    operation: 'kernelSubsystems',
    method: 'GET',
    path: '/kernel/subsystems',
    roles: WATCH,
    reply: Subsystems,
    summary: 'Every subsystem: whether it is heard, what it is asked to do, and whether it is asked',
  },
] as const satisfies readonly Endpoint[];
