/**
 * The one append-only log under every engine. All records written in one turn of the event loop become one checksummed
 * frame and one fdatasync, so what one turn changed is kept together or not at all.
 */
export interface Log {
  /** Adds a record of `engine` to this turn's frame. The engine has already applied it to its state. */
  write(engine: string, record: unknown): void;
  /** Resolves when everything written so far is on disk. An engine awaits it before it answers its caller. */
  settled(): Promise<void>;
}

/** A part of the machine whose state lives in the log. `replay` is `apply` at start-up: no side effects but on its own state. */
export interface Durable {
  readonly name: string;
  /** Repeats a record of this engine that an earlier run wrote. */
  replay(record: unknown): void;
  /**
   * The records that make this state when a fresh engine replays them: what a compacted log starts with. Asked in one turn for
   * all engines; the log writes them in later turns, so each is a copy or never changes.
   */
  snapshot(): Iterable<unknown>;
  /** Called once after all records of all engines were replayed: take up what was under way (timers, pollers, deliveries). */
  resume(): void;
}

/** A log that keeps nothing: for tests of an engine alone. */
export const memoryLog = (): Log => ({ write: () => {}, settled: () => Promise.resolve() });
