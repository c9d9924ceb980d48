import type { System } from "../../domain/system.ts";
import { holesOf } from "../../domain/vocabulary/hole.ts";
import { error, type Rule } from "./rule.ts";
import { lastName, textsUnder } from "./walk.ts";

const HOST = /^[A-Z]+ https?:\/\/([^/]*)/;
/** A path that begins with a hole would let its value say the host. */
const OPEN_START = /^[A-Z]+ \$\{/;

/** Where a call goes is fixed by the document, or by the context; never by what a breaker is named. */
export const hostsAreFixed: Rule<System> = ({ inputs }, raw) =>
  ["read", "change", "checks", "health"]
    .flatMap((part) => textsUnder(raw, ["spec", part]))
    .filter(({ path }) => lastName(path) !== "note" && lastName(path) !== "body")
    .filter(({ text }) => holesOf(HOST.exec(text)?.[1] ?? "").length > 0 || startsOpen(text, inputs))
    .map(({ path }) =>
      error(path, "the host of a call cannot be filled in", "write it out, or leave it to the context"),
    );

function startsOpen(text: string, inputs: System["inputs"]): boolean {
  const [first = ""] = holesOf(text);
  return OPEN_START.test(text) && !Object.hasOwn(inputs, first);
}
