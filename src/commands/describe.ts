import type { BreakerDescription } from "../domain/answers.ts";
import { EXIT } from "../domain/errors.ts";
import { describeBreaker } from "../engine/describe-breaker.ts";
import { assertSomeRead, readFleet } from "../engine/read-fleet.ts";
import { selectOne } from "../engine/select-breakers.ts";
import { defineCommand } from "./command.ts";

export const describe = defineCommand<BreakerDescription>({
  arguments: [{ name: "key", description: "a key or group/key", required: true }],
  answers: ["BreakerDescription"],
  views: { table: async () => (await import("../views/text/breaker-description.ts")).viewBreakerDescription },
  async run({ args, context, isShown, note }) {
    const opened = await context();
    const fleet = await readFleet(opened);
    assertSomeRead(fleet);
    const answer = await describeBreaker(opened, fleet, selectOne(fleet, args[0] ?? ""));
    for (const { instance, message } of isShown ? [] : fleet.errors)
      note(`cbctl: ${instance} could not be read: ${message}`);
    return { answer, exitCode: fleet.errors.length > 0 ? EXIT.cannotTell : EXIT.ok };
  },
});
