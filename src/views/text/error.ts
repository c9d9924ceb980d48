import type { ErrorDocument } from "../../domain/answers.ts";
import type { Paint } from "./paint.ts";

/** An error in its three parts, for stderr: what failed, why, what to do next; and where, when there is a place. */
export function* viewError({ error }: ErrorDocument, paint: Paint): Iterable<string> {
  yield `${paint.bad("cbctl:")} ${indented(error.message)}`;
  if (error.where !== null) yield `  at:  ${indented(error.where)}`;
  if (error.reason !== null) yield `  why: ${indented(error.reason)}`;
  if (error.hint !== null) yield `  try: ${indented(error.hint)}`;
}

/** Further lines stay below the first, so that no part can pose as another. */
function indented(text: string): string {
  return text.split(/\r?\n/).join("\n       ");
}
