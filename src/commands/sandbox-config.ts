import type { Sandbox, SandboxContext } from "../sandbox/start-sandbox.ts";
import type { WrittenContext } from "../workspace/workspace.ts";
import type { Invocation } from "./command.ts";

/** The contexts of a sandbox whose systems have a document: the others are there to be looked at by hand. */
export async function readableContexts(
  { workspace }: Pick<Invocation, "workspace">,
  running: Sandbox,
): Promise<SandboxContext[]> {
  const known = new Set((await workspace.systems.list()).map(({ system }) => system.name));
  return running.contexts.filter(({ system }) => known.has(system));
}

/** Writes a config with these contexts of a sandbox, their secrets in files beside it. @returns its path. */
export async function writeSandboxConfig(
  { workspace, machine }: Invocation,
  running: Sandbox,
  contexts: readonly SandboxContext[],
  folder: string,
  timeScale: number,
): Promise<string> {
  const entryOf = async (context: SandboxContext): Promise<WrittenContext> => ({
    system: context.system,
    ...(context.instances.length > 0 && { instances: context.instances }),
    ...(await authOf(context, folder, machine.files.writeText)),
    upstreams: context.upstreams,
    ...(running.prometheusUrl !== null && {
      prometheus: { url: running.prometheusUrl, match: { system: context.system } },
    }),
    ...(running.alertmanagerUrl !== null && { alertmanager: { url: running.alertmanagerUrl } }),
    store: { file: `${folder}/log.jsonl` },
    sandbox: { timeScale },
  });
  const entries = await Promise.all(
    contexts.map(async (context) => [context.name, await entryOf(context)] as const),
  );
  const path = `${folder}/config.yaml`;
  await workspace.writeConfig(path, Object.fromEntries(entries));
  return path;
}

async function authOf(
  { name, auth }: SandboxContext,
  folder: string,
  write: (path: string, text: string) => Promise<void>,
): Promise<Pick<WrittenContext, "auth">> {
  if (auth === null) return {};
  const file = `${folder}/${name}.secret`;
  if ("bearer" in auth) {
    await write(file, auth.bearer);
    return { auth: { bearer: { file } } };
  }
  await write(file, auth.header.value);
  return { auth: { header: { name: auth.header.name, value: { file } } } };
}
