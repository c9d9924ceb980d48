import * as v from "valibot";
import type { Metrics, StateFromMetrics } from "../../domain/system.ts";
import { asList, mapOf, oneOf, oneOrMany, shape } from "../shape.ts";
import { optional } from "../vocabulary.ts";

const label = v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/, "must be the name of a label"));

/** A metric, if need be with the labels that pick its series: one selector, so that what is bound into it holds for all. */
const series = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z_:][\w:]*(\{([^{}"'`]|"([^"\\]|\\.)*"|'([^'\\]|\\.)*'|`[^`]*`)+\})?$/,
    'must be a metric, such as calls_total{kind="failed"}',
  ),
);

const code = optional(v.number());
const words = shape({
  open: code,
  forced_open: code,
  half_open: code,
  disabled: code,
  metrics_only: code,
  closed: code,
});

const encoded = shape({ series, words });
const oneHot = shape({ series, label });

const decider = oneOf({
  words: encoded,
  label: oneHot,
  transitions: shape({ transitions: series, from: optional(label), to: optional(label) }),
  remaining: shape({ remaining: series }),
});

/** What cbctl can ask of a system's metrics. */
const measured = {
  transitions: optional(series),
  trips: optional(series),
  requests: optional(series),
  successes: optional(series),
  failures: optional(series),
  rejections: optional(series),
  retries: optional(series),
  latency: optional(series),
  failureCount: optional(series),
  successCount: optional(series),
  stateDuration: optional(series),
};

export const metrics = shape({
  labels: mapOf(label),
  state: optional(oneOrMany(decider)),
  ...measured,
});

export function metricsOf(written: v.InferOutput<typeof metrics>): Metrics {
  const { labels, state, ...names } = written;
  return {
    labels,
    state: state === undefined ? undefined : (asList(state) as readonly StateFromMetrics[]),
    series: names,
  };
}
