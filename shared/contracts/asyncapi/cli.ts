import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApi } from './document.ts';

/** `npm run asyncapi`: writes docs/asyncapi.json, made of the contracts. */
const root = join(import.meta.dirname, '..', '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
writeFileSync(join(root, 'docs', 'asyncapi.json'), `${JSON.stringify(asyncApi(version), null, 2)}\n`);
