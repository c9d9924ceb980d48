import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";

export interface ProgramPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly packageFolder: string;
  readonly workingFolder: string;
}

/** Where a folder of fetched parts keeps programs: unpacked packages, or the programs themselves. */
const INSIDE_PARTS = ["root/usr/bin", "root/usr/sbin", "."];

/** The absolute path of a program: among the fetched parts of the package, in CBCTL_PARTS, in PATH; null when it is nowhere. */
export async function findProgram(program: string, places: ProgramPlaces): Promise<string | null> {
  if (program.includes("/")) return firstProgram([resolve(places.workingFolder, program)]);
  return firstProgram(foldersOf(places).map((folder) => join(folder, program)));
}

function foldersOf({ env, packageFolder, workingFolder }: ProgramPlaces): string[] {
  const split = (list: string | undefined) => (list ?? "").split(delimiter).filter((folder) => folder !== "");
  const parts = [join(packageFolder, ".parts"), ...split(env.CBCTL_PARTS)];
  const inParts = parts.flatMap((folder) => INSIDE_PARTS.map((inside) => join(folder, inside)));
  return [...inParts, ...split(env.PATH)].map((folder) => resolve(workingFolder, folder));
}

async function firstProgram(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    if (await isProgram(path)) return path;
  }
  return null;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
