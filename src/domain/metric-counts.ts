import { type Counts, placeOf } from "./breaker.ts";
import { type Labels, type MetricSample, toldNumber } from "./metric-series.ts";
import { breakerOf } from "./metric-state.ts";

export type CountName = Exclude<keyof Counts, "scope">;

/** The series of a System document that count calls, by what each counts. */
export const COUNT_SERIES: Readonly<Record<CountName, string>> = {
  failures: "failures",
  successes: "successes",
  calls: "requests",
  rejected: "rejections",
};

/** What was counted of one breaker at one instance, since its process began. */
export interface PlaceCounts {
  readonly key: string;
  readonly group: string | null;
  readonly instance: string;
  readonly counts: Counts;
}

export const NOT_COUNTED: Counts = {
  failures: null,
  successes: null,
  calls: null,
  rejected: null,
  scope: null,
};

/** Adds up counters for each breaker at each instance; what is NaN or infinite makes its sum "not told". */
export function countsByPlace(
  counted: Readonly<Partial<Record<CountName, readonly MetricSample[]>>>,
  named: Labels,
  instanceOf: (labels: Labels) => string,
): Map<string, PlaceCounts> {
  const places = new Map<string, PlaceCounts>();
  for (const [name, samples] of Object.entries(counted) as [CountName, readonly MetricSample[]][]) {
    for (const [place, own] of samplesByPlace(samples, named, instanceOf)) {
      const values = own.samples.map(({ value }) => toldNumber(value));
      const sum = values.reduce((a, b) => (a === null || b === null ? null : a + b), 0);
      const counts = places.get(place)?.counts ?? NOT_COUNTED;
      const { samples: _, ...at } = own;
      places.set(place, { ...at, counts: { ...counts, [name]: sum, scope: "lifetime" } });
    }
  }
  return places;
}

type PlaceSamples = Omit<PlaceCounts, "counts"> & { readonly samples: MetricSample[] };

function samplesByPlace(
  samples: readonly MetricSample[],
  named: Labels,
  instanceOf: (labels: Labels) => string,
): Map<string, PlaceSamples> {
  const places = new Map<string, PlaceSamples>();
  for (const sample of samples) {
    const breaker = breakerOf(named, sample.labels);
    if (breaker === null) continue;
    const at = { ...breaker, instance: instanceOf(sample.labels) };
    const known = places.get(placeOf(at));
    if (known) known.samples.push(sample);
    else places.set(placeOf(at), { ...at, samples: [sample] });
  }
  return places;
}
