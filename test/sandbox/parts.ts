import { existsSync } from "node:fs";
import path from "node:path";

/** The path of a fetched program. Throws, and does not skip, where it is missing. */
export function part(program: "prometheus" | "prometheus-alertmanager"): string {
  const file = path.resolve(process.env.CBCTL_PARTS ?? ".parts", "root/usr/bin", program);
  if (!existsSync(file)) {
    throw new Error(
      `${file} is missing: "npm test" fetches it; or let CBCTL_PARTS name the folder that holds root/`,
    );
  }
  return file;
}
