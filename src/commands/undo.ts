import type { ChangeAnswer } from "../domain/answers.ts";
import { assertSomeRead, readFleet } from "../engine/read-fleet.ts";
import { findUndoable, planUndo } from "../engine/undo-change.ts";
import { CHANGE_VIEWS, carryOut } from "./change.ts";
import { defineCommand } from "./command.ts";

export const undo = defineCommand<ChangeAnswer>({
  arguments: [
    { name: "id", description: "of a change in the journal, or its beginning; without: the newest" },
  ],
  examples: ["cbctl undo", "cbctl undo 01JD3 --yes"],
  description:
    "A change is taken back only where every breaker still holds what it set; else it is left alone (4).",
  changes: true,
  answers: ["ChangeResult"],
  views: CHANGE_VIEWS,
  async run(invocation) {
    const context = await invocation.context();
    const entries = await (await context.journal()).entries();
    const entry = findUndoable(entries, invocation.args[0] ?? null);
    const fleet = await readFleet(context);
    assertSomeRead(fleet);
    const request = planUndo(context, fleet, entry);
    return carryOut(invocation, context, { ...request, fleet, action: "undo", undoes: entry.intent.id });
  },
});
