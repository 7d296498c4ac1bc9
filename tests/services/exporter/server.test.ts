import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type Pages, serve } from "../../../services/exporter/server.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function get(path: string, pages: Partial<Pages> = {}, method = "GET") {
  const server = serve({ metrics: () => ["a 1\n", "b 2\n"], notReady: () => undefined, ...pages });
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${String(port)}${path}`, { method });
  const { status, headers } = response;
  return { status, type: headers.get("content-type"), text: await response.text() };
}

it("serves metrics in Prometheus' text format, whatever follows the path", async () => {
  const metrics = await get("/metrics?name[]=x");
  expect(metrics).toEqual({
    status: 200,
    type: "text/plain; version=0.0.4; charset=utf-8",
    text: "a 1\nb 2\n",
  });
});

it("tells that the process lives from that the cluster was seen", async () => {
  const blind = { notReady: () => "the cluster was not seen yet" };
  expect((await get("/healthz", blind)).status).toBe(200);
  expect(await get("/readyz", blind)).toMatchObject({
    status: 503,
    text: "the cluster was not seen yet\n",
  });
  expect((await get("/readyz")).status).toBe(200);
});

it("refuses to change anything, and what it does not know", async () => {
  expect((await get("/metrics", {}, "POST")).status).toBe(405);
  expect((await get("/secrets")).status).toBe(404);
});

it("leaves other paths to the status page, where there is one", async () => {
  const other: Pages["other"] = (request, response) => {
    if (request.url !== "/") return false;
    response.end("page");
    return true;
  };
  expect((await get("/", { other })).text).toBe("page");
  expect((await get("/more", { other })).status).toBe(404);
});
