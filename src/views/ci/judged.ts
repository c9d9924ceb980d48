import type { Verdict } from "../../domain/answers.ts";

/** An answer that may hold verdicts: what was judged, where, when, and what could not be read. */
export interface Judged {
  readonly context: string;
  readonly observedAt: string;
  readonly verdicts?: readonly Verdict[] | undefined;
  readonly errors: readonly { readonly instance: string; readonly message: string }[];
}

/** The answer of one context, or of several with the contexts that could not be opened. */
export type JudgedAnswer =
  | Judged
  | {
      readonly items: readonly Judged[];
      readonly errors: readonly { readonly context: string; readonly message: string }[];
    };

/** Every context of an answer on its own; one that could not be opened has only its error. */
export function judgedContexts(answer: JudgedAnswer): Omit<Judged, "observedAt">[] {
  if (!("items" in answer)) return [answer];
  const unopened = answer.errors.map(({ context, message }) => ({
    context,
    errors: [{ instance: context, message }],
  }));
  return [...answer.items, ...unopened];
}
