import { workflows } from '../../workflows/index.ts';
import { drifted, write } from './output.ts';
import { outputsOf } from './outputs.ts';

const root = new URL('../../', import.meta.url);
const outputs = workflows.flatMap(outputsOf);
await write(root, outputs);
void drifted;
