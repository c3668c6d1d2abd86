import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApi } from './index.ts';

/** `npm run openapi`: writes docs/openapi.json, made of the contracts. */
const root = join(import.meta.dirname, '..', '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
writeFileSync(join(root, 'docs', 'openapi.json'), `${JSON.stringify(openApi(version), null, 2)}\n`);
