import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Loads a TypeScript file with all that it imports, on Node versions that do not read TypeScript. */
export async function loadTypeScript(path) {
  const folder = await mkdtemp(join(tmpdir(), "cbctl-build-"));
  const outfile = join(folder, "loaded.cjs");
  try {
    await build({
      entryPoints: [path],
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      logLevel: "warning",
    });
    return createRequire(import.meta.url)(outfile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
