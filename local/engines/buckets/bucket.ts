import { createHash } from 'node:crypto';

/** One object as it was put last. */
export interface Stored {
  readonly bytes: Buffer;
  readonly type: string;
  readonly etag: string;
  /** When it was put, ms since the epoch. */
  readonly at: number;
}

/** A bucket's objects, listed in the order of their names' UTF-8. */
export class Bucket {
  private readonly objects = new Map<string, Stored>();
  private names: string[] = [];
  private isSorted = true;

  get(key: string): Stored | undefined {
    return this.objects.get(key);
  }

  put(key: string, bytes: Buffer, type: string, at: number): Stored {
    if (!this.objects.has(key)) {
      this.names.push(key);
      this.isSorted = false;
    }
    const stored = { bytes, type, at, etag: `"${createHash('md5').update(bytes).digest('hex')}"` };
    this.objects.set(key, stored);
    return stored;
  }

  /** Names with this beginning that come after `after`, at most `most`. */
  list(prefix: string, after: string, most: number): string[] {
    const found: string[] = [];
    for (const name of this.sorted()) {
      if (found.length === most) break;
      if (name.startsWith(prefix) && compare(name, after) > 0) found.push(name);
    }
    return found;
  }

  all(): IterableIterator<[string, Stored]> {
    return this.objects.entries();
  }

  private sorted(): readonly string[] {
    if (!this.isSorted) this.names.sort(compare);
    this.isSorted = true;
    return this.names;
  }
}

const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
