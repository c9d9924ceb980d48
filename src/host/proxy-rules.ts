import { CbctlError } from "../domain/errors.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a URL (HTTPS_PROXY, HTTP_PROXY, NO_PROXY, lower case first); null for none.
 * This machine itself is never reached through one.
 */
export function proxyFor(url: URL, env: Environment): URL | null {
  const name = url.protocol === "https:" ? "https_proxy" : "http_proxy";
  const given = read(env, name);
  if (given === "" || isThisMachine(url.hostname) || isExempt(url, read(env, "no_proxy"))) return null;
  const address = given.includes("://") ? given : `http://${given}`;
  if (URL.canParse(address)) return new URL(address);
  throw new CbctlError("usage", `${name.toUpperCase()} is not a URL`, {
    hint: "write it as http://host:port",
  });
}

function read(env: Environment, name: string): string {
  return (env[name] ?? env[name.toUpperCase()] ?? "").trim();
}

function isThisMachine(host: string): boolean {
  return (
    host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d+){3}$/.test(host)
  );
}

function isExempt(url: URL, list: string): boolean {
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((entry) => entry !== "")
    .some((entry) => matches(entry, url.hostname.replace(/\.$/, ""), port));
}

function matches(entry: string, host: string, port: string): boolean {
  const [, name = entry, onlyPort] = /^(.+?|\[.+\]):(\d+)$/.exec(entry) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const suffix = name.replace(/^\*?\./, "");
  return name === "*" || host === suffix || host.endsWith(`.${suffix}`);
}
