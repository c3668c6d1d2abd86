/** A file that is only ever appended to. */
export interface Appender {
  append(bytes: Buffer): Promise<void>;
  /** Resolves when everything appended so far would outlive a crash. */
  sync(): Promise<void>;
  close(): void;
}

/**
 * One flat directory, and as little of it as the log needs: a real one, or one that a simulation crashes. What stands here
 * without a promise is done at the start, before anything runs.
 */
export interface Disk {
  /** What a sentence for the operator calls it. */
  readonly path: string;
  names(): string[];
  size(name: string): number;
  /** At most `length` bytes; fewer at the end of the file. */
  read(name: string, from: number, length: number): Buffer;
  /** Opens a file to append at its end; makes it where there is none. */
  open(name: string): Appender;
  /** Cuts a file off at `size`; that lasts. */
  cut(name: string, size: number): void;
  rename(from: string, to: string): void;
  /** Nothing happens where there is no such file. */
  remove(name: string): void;
  /** Files made, renamed and removed so far stay so after a crash. */
  syncNames(): Promise<void>;
}
