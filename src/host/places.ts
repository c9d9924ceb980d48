import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import type { Places } from "./host.ts";

export interface PlacesOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly home: string;
  /** The file that is running: a source file or the bundle. */
  readonly runningFile: string;
}

/** Folders of the XDG base directory specification, which says to ignore relative ones. */
export function placesOf({ env, workingFolder, home, runningFile }: PlacesOptions): Places {
  const base = (variable: string, ...fallback: string[]) => {
    const given = env[variable];
    return join(given !== undefined && isAbsolute(given) ? given : join(home, ...fallback), "cbctl");
  };
  return {
    workingFolder,
    packageFolder: packageFolderAbove(runningFile),
    configFolder: base("XDG_CONFIG_HOME", ".config"),
    stateFolder: base("XDG_STATE_HOME", ".local", "state"),
    cacheFolder: base("XDG_CACHE_HOME", ".cache"),
  };
}

/** The nearest folder above a file whose package.json is that of cbctl. */
function packageFolderAbove(file: string): string {
  let folder = dirname(file);
  while (!isPackage(folder)) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json of cbctl above ${file}`);
    folder = parent;
  }
  return folder;
}

function isPackage(folder: string): boolean {
  const manifest = join(folder, "package.json");
  return (
    existsSync(manifest) &&
    (JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown }).name === "cbctl"
  );
}
