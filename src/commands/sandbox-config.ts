import type { Sandbox, SandboxContext } from "../sandbox/start-sandbox.ts";
import type { WrittenContext } from "../workspace/workspace.ts";
import type { Invocation } from "./command.ts";

/** Writes a config with one context for each system of a sandbox, its secrets in files beside it. @returns its path. */
export async function writeSandboxConfig(
  { workspace, machine }: Invocation,
  running: Sandbox,
  folder: string,
  timeScale: number,
): Promise<string> {
  const entryOf = async (context: SandboxContext): Promise<WrittenContext> => ({
    system: context.system,
    instances: context.instances,
    ...(await authOf(context, folder, machine.files.writeText)),
    upstreams: context.upstreams,
    ...(running.prometheusUrl !== null && {
      prometheus: { url: running.prometheusUrl, match: { system: context.system } },
    }),
    ...(running.alertmanagerUrl !== null && { alertmanager: { url: running.alertmanagerUrl } }),
    store: { file: `${folder}/log.jsonl` },
    sandbox: { timeScale },
  });
  const contexts = await Promise.all(
    running.contexts.map(async (context) => [context.name, await entryOf(context)] as const),
  );
  const path = `${folder}/config.yaml`;
  await workspace.writeConfig(path, Object.fromEntries(contexts));
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
