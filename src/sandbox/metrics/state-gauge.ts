import type { Gauge } from "prom-client";

type Labels = Readonly<Record<string, string>>;

export interface StateGauge {
  set(labels: Labels, word: string, value: number): void;
}

/**
 * A gauge with the state among its labels. Stale, it only ever writes the series of the present state, so that those
 * of states left behind stay for ever; else they are removed.
 */
export function stateGauge(gauge: Gauge, stale: boolean): StateGauge {
  const shown = new Map<string, string>();
  return {
    set(labels, word, value) {
      const breaker = JSON.stringify(labels);
      const before = shown.get(breaker);
      if (!stale && before !== undefined && before !== word) gauge.remove({ ...labels, state: before });
      shown.set(breaker, word);
      gauge.set({ ...labels, state: word }, value);
    },
  };
}
