import type { AlertRule } from "../domain/alert-rule.ts";
import { CbctlError } from "../domain/errors.ts";
import { nearNamesHint } from "../domain/near-names.ts";
import type { Host } from "../host/host.ts";
import { assertKind, type ReadDocument } from "./checked-documents.ts";

/** Finds alert rules by name: the user's own, else the package's. @throws CbctlError `unknown-name`. */
export async function findAlertRules(
  host: Host,
  read: ReadDocument,
  names: readonly string[],
): Promise<AlertRule[]> {
  const shippedFolder = `${host.places.packageFolder}/dist/knowledge/alerts`;
  const userFolder = `${host.places.configFolder}/alerts`;
  return Promise.all(
    names.map(async (name) => {
      const path = `${userFolder}/${name}.yaml`;
      const own = /^[\w-]+$/.test(name) ? await read(path) : null;
      if (own) {
        assertKind(own, "AlertRule", path);
        return own.value as AlertRule;
      }
      const known = (await host.files.listFolder(shippedFolder)).map((file) => file.replace(/\.json$/, ""));
      const text = known.includes(name) ? await host.files.readText(`${shippedFolder}/${name}.json`) : null;
      if (text !== null) return JSON.parse(text) as AlertRule;
      throw new CbctlError("unknown-name", `no alert rule "${name}"`, {
        hint: nearNamesHint(name, known) ?? `known: ${known.join(", ")}`,
      });
    }),
  );
}
