import type { Ground } from '../../kernel/engine.ts';
import { noSuchTable } from './faults.ts';
import type { DropRecord, TableRecord } from './log-record.ts';
import type { TableDefinition } from './tables/definition.ts';
import { type Place, Table } from './tables/table.ts';
import { digestOf } from './values/digest.ts';

const nameOf = (nameOrArn: string): string => {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn;
  return nameOrArn.slice(nameOrArn.indexOf('/') + 1).split('/')[0] ?? '';
};

/** Which tables there are: those of the template, and what CreateTable, UpdateTable and DeleteTable made of them. */
export class Catalogue {
  private readonly tables = new Map<string, Table>();
  /** As the template defines them. */
  private readonly template = new Map<string, TableDefinition>();

  constructor(private readonly ground: Place & Pick<Ground, 'scheduler'>) {}

  /** A table of the template. */
  define(definition: TableDefinition): void {
    const { TableName } = definition;
    const known = this.template.get(TableName);
    if (known && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new Error(`table ${TableName} is already defined otherwise; a changed template needs a new start`);
    }
    if (known) return;
    this.template.set(TableName, definition);
    this.tables.set(TableName, this.fromTemplate(definition));
  }

  private fromTemplate(definition: TableDefinition): Table {
    return new Table(definition, this.ground, { createdAt: this.ground.scheduler.now(), base: digestOf(definition) });
  }

  all(): Iterable<Table> {
    return this.tables.values();
  }

  find(name: string): Table | undefined {
    return this.tables.get(name);
  }

  /** By name or ARN. */
  table(nameOrArn: string): Table {
    const table = this.tables.get(nameOrArn) ?? this.tables.get(nameOf(nameOrArn));
    if (!table) throw noSuchTable();
    return table;
  }

  /** Makes a table or changes one. What the template says now goes before what was changed of an earlier one. */
  put({ table: definition, ...birth }: TableRecord): void {
    const known = this.tables.get(definition.TableName);
    if (known ? known.birth.base !== birth.base : birth.base !== undefined) return;
    this.tables.set(definition.TableName, new Table(definition, this.ground, birth, known));
  }

  drop({ drop: name, base }: DropRecord): void {
    const known = this.tables.get(name);
    if (!known) return;
    this.tables.delete(name);
    // Since then the template has taken the name over, or defines it otherwise: its table begins empty.
    if (known.birth.base !== base) this.tables.set(name, this.fromTemplate(this.template.get(name) ?? known.definition));
  }

  /** The records that make this of what the template says. */
  *records(): Generator<TableRecord | DropRecord> {
    for (const [name, definition] of this.template) {
      const base = digestOf(definition);
      if (this.tables.get(name)?.birth.base !== base) yield { drop: name, base };
    }
    for (const { definition, birth } of this.tables.values()) {
      if (this.template.get(definition.TableName) !== definition) yield { table: definition, ...birth };
    }
  }
}
