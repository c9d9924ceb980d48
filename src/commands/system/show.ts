import { API_VERSION, type SystemDetails, type ThresholdRow } from "../../domain/answers.ts";
import type { System } from "../../domain/system.ts";
import type { Threshold } from "../../domain/threshold.ts";
import { capabilitiesOf } from "../../engine/describe-breaker.ts";
import { defineCommand } from "../command.ts";
import { systemRow } from "./system-row.ts";

export const show = defineCommand<SystemDetails>({
  arguments: [{ name: "name", description: "a system, or a path to its document", required: true }],
  answers: ["SystemDetails"],
  views: { table: async () => (await import("../../views/text/system.ts")).viewSystemDetails },
  async run({ args, workspace }) {
    const known = await workspace.systems.find(args[0] ?? "", workspace.folder);
    const { system } = known;
    const answer: SystemDetails = {
      apiVersion: API_VERSION,
      kind: "SystemDetails",
      ...systemRow(known),
      description: system.description,
      reads: system.read?.call.http ?? (system.metrics?.state ? "Prometheus" : null),
      thresholds: Object.entries(system.thresholds.known).map(([name, threshold]) =>
        thresholdRow(name, threshold),
      ),
      capabilities: capabilitiesOf(system),
      metrics: metricsOf(system),
    };
    return { answer };
  },
});

function thresholdRow(name: string, threshold: Threshold): ThresholdRow {
  return {
    name,
    native: threshold.as,
    unit: threshold.unit ?? null,
    min: threshold.min ?? null,
    max: threshold.max ?? null,
    default: threshold.default ?? null,
    readOnly: threshold.readOnly ?? false,
    writeOnly: threshold.writeOnly ?? false,
  };
}

function metricsOf({ metrics }: System): string[] {
  if (metrics === null) return [];
  const ofState = (metrics.state ?? []).flatMap((way) =>
    Object.values(way)
      .filter((value) => typeof value === "string")
      .slice(0, 1),
  );
  return [...new Set([...ofState, ...Object.values(metrics.series)])];
}
