import type { Source } from '../../shared/contracts/vocabulary.ts';
import type { SourceSpec } from '../../shared/sources/index.ts';
import { all, examplesOf, rowsOf, typesOf } from './rows.ts';
import { shapeOf } from './shapes.ts';

const INTRODUCTION = `# Sources

Written by \`npm run sources\` from shared/sources. Whoever puts an event on the bus says in \`Source\` which of these it is; what comes from another is a dead letter, and so is what its
source may not say. \`Detail\` is a CloudEvents 1.0 envelope, or a message in a format that the source speaks (functions/ingest/formats), as its vendor sends it.
An EDXL envelope or Atom feed of CAP alerts, and a GeoJSON collection, may carry up to 100 events: each is taken, or refused with its place, by itself.

Of a type that is listed, \`data\` must hold what its shape says: what is named is checked, and what breaks it is a dead letter whose reason names the field; what is not named is kept as it came.
A type that is not listed passes as it is. Any source may say \`unit.status\` of its own units, \`subsystem.registered\` and \`subsystem.heartbeat\` of itself, and \`fact.asserted\`, where the fact's kind says whose word counts.
[How to add a source](adding-a-source.md).`;

const cell = (text: string): string => text.replaceAll('|', '\\|');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const types = (spec: SourceSpec): string =>
  table(
    ['type', 'what it is', 'taken for', '`data`, beside SWOE’s own fields'],
    typesOf(spec).map(([type, title, taken]) => {
      const declared = spec.types?.[type];
      const shape = declared ? shapeOf(declared).map((field) => `\`${field}\``) : [];
      return [`\`${type}\``, title, taken, shape.join('<br>') || '–'];
    }),
  );

const examples = (spec: SourceSpec): string => ['```jsonl', ...examplesOf(spec).map((one) => JSON.stringify(one)), '```'].join('\n');

const section = (spec: SourceSpec): string => `## \`${spec.source}\`: ${spec.title}

${table(['', ''], rowsOf(spec))}

${types(spec)}

${examples(spec)}`;

/** The page of all sources, as docs/sources.md. */
export const page = (sources: Readonly<Record<Source, SourceSpec>>): string => {
  const specs = all(sources);
  const index = table(
    ['source', 'what it is', 'speaks', 'types'],
    specs.map(({ source, title, speaks, types: said }) => [
      `[\`${source}\`](#${source}-${title
        .toLowerCase()
        .replace(/[^a-z0-9 _-]/g, '')
        .replaceAll(' ', '-')})`,
      title,
      ['CloudEvents', ...speaks].join(', '),
      String(Object.keys(said ?? {}).length),
    ]),
  );
  return `${[INTRODUCTION, index, ...specs.map(section)].join('\n\n')}\n`;
};
