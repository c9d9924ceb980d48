import type { AdminReply, Dialect } from "../admin-exchange.ts";

/** A shared cache before a dialect: it repeats an answer to GET as long as `max-age` allows, unless asked for a fresh one. */
export function cachingProxy(answer: Dialect, now: () => number): Dialect {
  const kept = new Map<
    string,
    { readonly reply: AdminReply; readonly until: number; readonly since: number }
  >();
  return (request) => {
    if (request.method !== "GET") return answer(request);
    const known = kept.get(request.target);
    const wantsFresh = /no-cache|max-age=0/.test(String(request.headers["cache-control"]));
    if (known !== undefined && !wantsFresh && now() < known.until) {
      const age = String(Math.floor((now() - known.since) / 1000));
      return { ...known.reply, headers: { ...known.reply.headers, age } };
    }
    const reply = answer(request);
    const [, seconds] = /max-age=(\d+)/.exec(reply.headers["cache-control"] ?? "") ?? [];
    if (seconds !== undefined)
      kept.set(request.target, { reply, since: now(), until: now() + Number(seconds) * 1000 });
    return reply;
  };
}
