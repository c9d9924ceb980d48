import type { DrawBox } from "./text/box.ts";
import type { Paint } from "./text/paint.ts";

/** What a view may know of where it will be read, and what it may draw with. */
export interface ViewOptions {
  /** Read by a person at a terminal; else plain, whole, without borders. */
  readonly terminal: boolean;
  readonly columns: number;
  readonly rows: number;
  /** `-o wide`. */
  readonly wide: boolean;
  /** Milliseconds since 1970, for ages and waits. */
  readonly now: number;
  /** From `loadPaint`; `plainPaint` where colour is off. */
  readonly paint: Paint;
  /** From `loadBox`; null: tables are always plain columns. */
  readonly drawBox: DrawBox | null;
}

/** A value as lines for a person, without line ends. */
export type View<T> = (value: T, options: ViewOptions) => Iterable<string>;
