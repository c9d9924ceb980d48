import type { AdminReply } from "../admin-exchange.ts";

/** What an Express application says in HTML where nobody wrote an answer. */
export function expressPage(status: number, text: string): AdminReply {
  const body = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Error</title>
</head>
<body>
<pre>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</pre>
</body>
</html>
`;
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

export function expressJson(status: number, value: unknown): AdminReply {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(value),
  };
}

export function plainText(status: number, body: string): AdminReply {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}
