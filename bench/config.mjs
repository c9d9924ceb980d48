import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A config with one context, as a user has it. @returns its path. */
export async function writeConfig(folder, url) {
  const path = join(folder, "config.yaml");
  const text = `apiVersion: cbctl.dev/v1
kind: Config
current-context: bench
contexts:
  bench:
    system: key-breakers
    instances: ${url}
`;
  await writeFile(path, text, { mode: 0o600 });
  return path;
}
