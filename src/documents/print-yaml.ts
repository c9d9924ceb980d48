import { stringify } from "yaml";

/**
 * A JSON value as YAML, for `-o yaml`. Words that older readers take for something else (`off`, `yes`) are quoted, lines
 * are not folded, and repeated parts are written out.
 */
export function printYaml(value: unknown): string {
  return stringify(value, { compat: "yaml-1.1", lineWidth: 0, aliasDuplicateObjects: false });
}
