import { compareText } from "./compare-text.ts";

export type Labels = Readonly<Record<string, string>>;

/** One moment of a series. `at` in milliseconds since 1970; the value may be NaN or ±Infinity. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** A series as it stands at one moment. */
export interface MetricSample extends Point {
  readonly labels: Labels;
}

/** A series over time, oldest point first. */
export interface MetricSeries {
  readonly labels: Labels;
  readonly points: readonly Point[];
}

/** The number where one is wanted; null for NaN and ±Infinity, which tell none. */
export function toldNumber(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Labels as a key of maps, without the name of the metric. */
export function labelsKey(labels: Labels): string {
  const kept = Object.entries(labels).filter(([name]) => name !== "__name__");
  return JSON.stringify(kept.sort(([a], [b]) => compareText(a, b)));
}

/** The labels behind a key. */
export function labelsOf(key: string): Labels {
  return Object.fromEntries(JSON.parse(key) as [string, string][]);
}

export function pickLabels(labels: Labels, wanted: (name: string) => boolean): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => wanted(name)));
}

/** Labels as a person writes them: `env="prod", job="api"`. */
export function showLabels(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ");
}
