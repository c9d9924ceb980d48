import { resolve } from "node:path";
import type { SecretSource } from "../domain/config.ts";
import { CbctlError } from "../domain/errors.ts";
import type { Host } from "./host.ts";
import type { Redactor } from "./secrets.ts";

/** What sources are read with. */
export type SecretReader = Pick<Host, "env" | "files" | "processes" | "places" | "signal"> & {
  readonly secrets: Redactor;
};

const COMMAND_TIMEOUT_MS = 30_000;

/**
 * The secret of a source, without its last line break; every output knows it before the caller does.
 * @throws CbctlError `usage`, naming the source and never the value.
 */
export async function readSecret(source: SecretSource, host: SecretReader): Promise<string> {
  const text = await readSource(source, host);
  const secret = text.replace(/\r?\n$/, "");
  host.secrets.register(secret);
  if (secret.trim() === "") throw refused(source, "it is empty");
  return secret;
}

async function readSource(source: SecretSource, host: SecretReader): Promise<string> {
  if ("env" in source) return host.env[source.env] ?? fail(source, "it is not set");
  if ("file" in source) return readSecretFile(source, host);
  return runSecretCommand(source, host);
}

async function readSecretFile(
  source: { readonly file: string },
  { files, places }: SecretReader,
): Promise<string> {
  const path = resolve(places.workingFolder, source.file);
  const text = await files.readText(path).catch((error: unknown) => fail(source, reasonOf(error)));
  return text ?? fail(source, "there is no such file");
}

async function runSecretCommand(
  source: { readonly command: readonly string[] },
  host: SecretReader,
): Promise<string> {
  const { processes, signal } = host;
  const result = await processes
    .run(source.command, { timeoutMs: COMMAND_TIMEOUT_MS, signal })
    .catch((error: unknown) => {
      if (signal.aborted) throw error;
      return fail(source, reasonOf(error));
    });
  return result.exitCode === 0 ? result.stdout : fail(source, `it ended with exit code ${result.exitCode}`);
}

function fail(source: SecretSource, reason: string): never {
  throw refused(source, reason);
}

function refused(source: SecretSource, reason: string): CbctlError {
  const [name, hint] = describe(source);
  return new CbctlError("usage", `no secret from ${name}`, { reason, hint });
}

/** Of a command only its program: an argument may be a secret by itself. */
function describe(source: SecretSource): readonly [name: string, hint: string] {
  if ("env" in source)
    return [`the environment variable ${source.env}`, `set ${source.env}, or change auth: in the context`];
  if ("file" in source)
    return [`the file ${source.file}`, "check the path and its permissions, or change auth: in the context"];
  return [
    `the command ${source.command[0] ?? ""}`,
    "run it by hand to see why, or change auth: in the context",
  ];
}

function reasonOf(error: unknown): string {
  return error instanceof CbctlError ? (error.reason ?? error.message) : "it cannot be read";
}
