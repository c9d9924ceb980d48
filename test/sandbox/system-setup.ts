import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { healthy } from "../../src/sandbox/scenarios/healthy.ts";
import type { SystemSetup } from "../../src/sandbox/systems/sandbox-system.ts";

/** Makes setups for systems, with a folder of their own that ends with the test file. */
export function systemSetups(): (part?: Partial<SystemSetup>) => SystemSetup {
  const home = mkdtempSync(path.join(tmpdir(), "cbctl-system-"));
  afterAll(() => rmSync(home, { recursive: true }));
  return (part = {}) => ({
    behaveAs: "real",
    quirks: new Set(),
    scenario: healthy,
    timeScale: 1,
    folder: mkdtempSync(path.join(home, "s-")),
    now: () => 1_000_000_000_000,
    random: () => 0.5,
    ...part,
  });
}
