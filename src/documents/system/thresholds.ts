import * as v from "valibot";
import type { Thresholds } from "../../domain/system.ts";
import { THRESHOLDS, type Threshold, type ThresholdName } from "../../domain/threshold.ts";
import { shape, withHint } from "../shape.ts";
import { duration, msOf, optional, percent, ratioOf, text } from "../vocabulary.ts";

const common = {
  as: text,
  inForce: optional(text),
  readOnly: optional(v.boolean()),
  writeOnly: optional(v.boolean()),
};

function bounded<S extends v.GenericSchema>(value: S) {
  return { min: optional(value), max: optional(value), default: optional(value) };
}

const count = v.pipe(v.number(), v.integer("must be a whole number"), v.minValue(0, "must not be below 0"));
const fraction = v.pipe(v.number(), v.minValue(0, "must be 0 to 1"), v.maxValue(1, "must be 0 to 1"));
const ratio = v.union([fraction, percent], "must be a ratio: 0 to 1, or 0% to 100%");

const byQuantity = {
  count: shape({ ...common, ...bounded(count) }),
  ratio: shape({ ...common, ...bounded(ratio), unit: v.picklist(["ratio", "percent"]) }),
  duration: shape({ ...common, ...bounded(duration), unit: v.picklist(["ms", "s", "m", "h"]) }),
  flag: shape({ ...common, default: optional(v.boolean()) }),
};

type Entries = {
  [Name in ThresholdName]: v.ExactOptionalSchema<(typeof byQuantity)[(typeof THRESHOLDS)[Name]], undefined>;
};

const known = Object.fromEntries(
  Object.entries(THRESHOLDS).map(([name, quantity]) => [name, v.exactOptional(byQuantity[quantity])]),
) as Entries;

export const thresholds = shape({
  in: optional(text),
  ...known,
  timeout: optional(
    v.never(
      withHint(
        "a bare timeout means different things in different systems",
        "say openDuration (how long it stays open), callTimeout (how long a call may take) or windowDuration",
      ),
    ),
  ),
});

export function thresholdsOf(written: v.InferOutput<typeof thresholds>): Thresholds {
  const { in: holder, timeout: _, ...settings } = written;
  return {
    in: holder,
    known: Object.fromEntries(Object.entries(settings).map(([name, one]) => [name, thresholdOf(name, one)])),
  };
}

type Written = Readonly<Record<string, unknown>>;

function thresholdOf(name: string, written: Written): Threshold {
  const canonical = CANONICAL[THRESHOLDS[name as ThresholdName]];
  const entries = Object.entries(written);
  return Object.fromEntries(
    entries.map(([part, value]) => [part, LIMITS.has(part) ? canonical(value as never) : value]),
  ) as unknown as Threshold;
}

const LIMITS = new Set(["min", "max", "default"]);

const CANONICAL = {
  count: (value: number) => value,
  ratio: ratioOf,
  duration: msOf,
  flag: (value: boolean) => value,
};
