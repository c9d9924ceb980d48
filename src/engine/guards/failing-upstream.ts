import { type Breaker, breakerName } from "../../domain/breaker.ts";
import type { Upstream } from "../../domain/config.ts";
import { CbctlError } from "../../domain/errors.ts";
import type { Demand } from "../operator.ts";

const HEALTHY = 200;

type Probe = (url: string) => Promise<number>;

/** A reset while the upstream's known health check fails would only be undone by the next calls. */
export async function failingUpstream(
  breakers: readonly Breaker[],
  upstreams: Readonly<Record<string, Upstream>>,
  probe: Probe,
): Promise<Demand[]> {
  const known = breakers.flatMap((breaker) => {
    const upstream = upstreamOf(breaker, upstreams);
    return upstream ? [{ key: breakerName(breaker), upstream }] : [];
  });
  const urls = [...new Set(known.map(({ upstream }) => upstream.health))];
  const told = new Map(
    await Promise.all(urls.map(async (url) => [url, await outcomeOf(url, probe)] as const)),
  );
  return known.flatMap(({ key, upstream }): Demand[] => {
    const outcome = told.get(upstream.health);
    const wanted = upstream.expect ?? HEALTHY;
    if (outcome === wanted) return [];
    const evidence =
      typeof outcome === "number" ? `answered ${outcome}, not ${wanted}` : `did not answer (${outcome})`;
    return [{ kind: "key", key, because: `the health check of its upstream ${upstream.health} ${evidence}` }];
  });
}

function upstreamOf(breaker: Breaker, upstreams: Readonly<Record<string, Upstream>>): Upstream | undefined {
  const names = [breakerName(breaker), breaker.key, breaker.group ?? ""];
  const known = names.find((name) => Object.hasOwn(upstreams, name));
  return known === undefined ? undefined : upstreams[known];
}

async function outcomeOf(url: string, probe: Probe): Promise<number | string> {
  try {
    return await probe(url);
  } catch (error) {
    if (error instanceof CbctlError && error.code !== "interrupted" && error.code !== "terminated")
      return error.message;
    throw error;
  }
}
