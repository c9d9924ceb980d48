import type { ContextList } from "../../domain/answers.ts";
import { CbctlError } from "../../domain/errors.ts";
import { defineCommand } from "../command.ts";
import { list } from "./list.ts";

export const add = defineCommand<ContextList>({
  arguments: [{ name: "name", description: "of the new context", required: true }],
  options: [
    { flags: "--bearer-env <variable>", description: "environment variable that holds the bearer token" },
    { flags: "--protected", description: "changes want a reason, and the context's name typed" },
  ],
  examples: [
    "cbctl context add prod --system key-breakers --admin-url https://ops.example.com/eu --bearer-env CB_TOKEN",
  ],
  answers: ["ContextList"],
  views: list.views,
  async run(invocation) {
    const { args, options, workspace } = invocation;
    const system = options.text("system");
    const urls = options.list("adminUrl");
    const prometheus = options.text("prometheusUrl");
    if (system === null || (urls.length === 0 && prometheus === null)) throw incomplete("--admin-url");
    const bearer = options.text("bearerEnv");
    const known = await workspace.systems.find(system, workspace.folder);
    if (known.system.read === null ? prometheus === null : urls.length === 0) {
      throw incomplete(known.system.read === null ? "--prometheus-url" : "--admin-url");
    }
    await workspace.addContext(args[0] ?? "", {
      system: known.source === "file" ? known.path : system,
      ...(urls.length > 0 && { instances: urls.length === 1 ? (urls[0] as string) : [...urls] }),
      ...(bearer !== null && { auth: { bearer: { env: bearer } } }),
      ...(prometheus !== null && { prometheus: { url: prometheus } }),
      ...(options.flag("protected") && { protected: true }),
    });
    return list.run(invocation);
  },
});

function incomplete(place: string): CbctlError {
  return new CbctlError("usage", "a context wants its system and where it runs", {
    hint: `add --system NAME ${place} URL`,
  });
}
