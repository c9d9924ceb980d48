import { type Document, type Node, visit } from "yaml";
import { cleanText } from "../domain/clean-text.ts";

export const TOO_DEEP = "it is nested too deeply";

const MAX_DEPTH = 100;
/** Each one costs a walk through the document to find what it names. */
const MAX_ALIASES = 200;
/** Names that a JavaScript object cannot carry as plain data. */
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

export type Refuse = (node: unknown, message: string, hint?: string) => never;

/** Refuses what is YAML and must not become a value. `refuse` throws. */
export function refuseHostile(document: Document, refuse: Refuse): void {
  let aliases = 0;
  visit(document, {
    Seq: (_, list, ancestors) => {
      if (ancestors.length > MAX_DEPTH) refuse(list, TOO_DEEP);
    },
    Map: (_, map, ancestors) => {
      if (ancestors.length > MAX_DEPTH) refuse(map, TOO_DEEP);
      const names = new Set<string>();
      for (const { key } of map.items) {
        const name = String(key);
        if (RESERVED.has(name)) refuse(key, `"${name}" cannot be a name`);
        if (names.has(name)) refuse(key, `the name "${name}" is there twice`, "keep one of the two");
        names.add(name);
      }
    },
    Scalar: (_, scalar) => {
      const words = typeof scalar.value === "string" ? scalar.value.replace(/[\n\t]/g, " ") : "";
      if (cleanText(words) !== words)
        refuse(scalar, "it holds an invisible character that could deceive a reader");
    },
    Alias: (_, alias, ancestors) => {
      aliases += 1;
      if (aliases > MAX_ALIASES) refuse(alias, `there are more than ${MAX_ALIASES} aliases`);
      const target = alias.resolve(document);
      if (target === undefined) refuse(alias, `*${alias.source} names nothing above it`);
      if (ancestors.includes(target as Node)) refuse(alias, `*${alias.source} contains itself`);
    },
  });
}
