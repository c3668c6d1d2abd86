// The order of these lines matters: the scheduler takes the real timers for itself, then they and the clock give way, then comes the system.
import '../../local/kernel/virtual-scheduler.ts';
import { replaceEverything } from './determinism.ts';

replaceEverything();
await (await import('./serve.ts')).serve();
