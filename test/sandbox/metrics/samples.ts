import type { Registry } from "prom-client";

/** The lines of a page that are series. */
export async function samples(registry: Registry): Promise<string[]> {
  return (await registry.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}
