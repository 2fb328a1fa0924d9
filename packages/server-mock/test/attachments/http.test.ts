// Files over HTTP: ranges, validators and headers as a browser's players and caches use them; nothing else is served.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NimClient } from "@nimkit/sdk";
import { type MockServer, startMockServer } from "@nimkit/server-mock/node";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { exchange, http2Request } from "../node/wire.ts";
import { bytesOf, httpClient, PNG, upload } from "./kit.ts";

const CANARY = "CANARY-OUTSIDE";
const text = "0123456789abcdefghij";
const etag = `"${createHash("md5").update(text).digest("hex")}"`;
const root = mkdtempSync(join(tmpdir(), "nimkit-files-"));
const onError = vi.fn();
let server: MockServer;
let ann: NimClient;
let url: string;

beforeAll(async () => {
  writeFileSync(join(root, "canary.txt"), CANARY);
  server = await startMockServer({ port: 0, onError });
  ann = await httpClient(server.url, "1001");
  ({ url } = await upload(ann, "note.txt", "text/plain", bytesOf(text)));
});
afterAll(async () => {
  expect(onError).not.toHaveBeenCalled();
  await server.close();
  rmSync(root, { recursive: true });
});

/** Status, body and content range of an answer. */
async function ask(headers: Record<string, string> = {}, method = "GET") {
  const response = await fetch(url, { headers, method });
  return [response.status, await response.text(), response.headers.get("Content-Range")];
}

describe("the address of a file", () => {
  test("lies below the address by which the caller reached the server", async () => {
    expect(url).toMatch(new RegExp(`^${server.url}/attachments/[0-9a-f]{64}/note\\.txt$`));
    const other = await httpClient(server.url.replace("127.0.0.1", "localhost"), "1002");
    const seen = await upload(other, "a b&c.txt", "text/plain", bytesOf("x"));
    expect(seen.url).toContain("http://localhost:");
    expect(seen.url).toMatch(/\/a%20b%26c\.txt$/);
    expect(await (await fetch(seen.url)).text()).toBe("x");
  });

  test("is in events, replies and histories alike, and never the mock's own", async () => {
    const ben = await httpClient(server.url, "1002");
    const got = new Promise<string | undefined>((resolve) => {
      ben.on("message", ({ messages }) => resolve(messages[0]?.url));
    });
    const { attachmentId, url: address } = await upload(ann, "v.mp4", "video/mp4", bytesOf("no video"));
    const { message } = await ann.message.sendVideo({ sessionId: "1002", filePath: "fs://v.mp4", attachmentId });
    const history = await ben.message.queryMessageHistory({ sessionId: "1001" });
    const sessions = await ben.session.allRecentSession({});
    const all = [await got, message?.url, history.messages[0]?.url, sessions.sessions[0]?.lastMessage?.url];
    expect(all).toEqual([address, address, address, address]);
    const cover = await fetch(message?.coverUrl ?? "");
    expect([cover.status, cover.headers.get("Content-Type")]).toEqual([200, "image/svg+xml"]);
    await ben.close();
  });

  test("opens without a token, and only with the whole of its mark", async () => {
    expect(await ask()).toEqual([200, text, null]);
    const [, id = "", mark = ""] = /attachments\/([0-9a-f]{32})([0-9a-f]{32})/.exec(url) ?? [];
    const last = mark.endsWith("0") ? "1" : "0";
    for (const wrong of [mark.slice(0, -1) + last, mark.slice(0, -1), `${mark}0`, mark.toUpperCase(), "", id]) {
      const answer = await fetch(url.replace(mark, wrong));
      expect([answer.status, await answer.text()], wrong).toEqual([404, expect.not.stringContaining(text)]);
    }
    // The name is for people: whatever it is, the file is the same.
    expect(await (await fetch(url.replace("note.txt", "other.html"))).text()).toBe(text);
  });
});

describe("ranges", () => {
  test.each<[string, Record<string, string>, unknown[]]>([
    ["the first bytes", { Range: "bytes=0-4" }, [206, "01234", "bytes 0-4/20"]],
    ["from a place to the end", { Range: "bytes=15-" }, [206, "fghij", "bytes 15-19/20"]],
    ["the last bytes", { Range: "bytes=-3" }, [206, "hij", "bytes 17-19/20"]],
    ["an end behind the file", { Range: "bytes=18-99" }, [206, "ij", "bytes 18-19/20"]],
    ["all of it", { Range: "bytes=0-" }, [206, text, "bytes 0-19/20"]],
    ["more than there is, from the end", { Range: "bytes=-99" }, [206, text, "bytes 0-19/20"]],
    ["a place behind the end", { Range: "bytes=20-" }, [416, expect.any(String), "bytes */20"]],
    ["no bytes at the end", { Range: "bytes=-0" }, [416, expect.any(String), "bytes */20"]],
    ["several, which give the whole", { Range: "bytes=0-1,5-6" }, [200, text, null]],
    ["an end before the begin", { Range: "bytes=9-3" }, [200, text, null]],
    ["another unit", { Range: "lines=0-1" }, [200, text, null]],
    ["nonsense", { Range: "bytes=x" }, [200, text, null]],
    ["the same version", { Range: "bytes=0-1", "If-Range": etag }, [206, "01", "bytes 0-1/20"]],
    ["another version", { Range: "bytes=0-1", "If-Range": '"other"' }, [200, text, null]],
    ["a date as version", { Range: "bytes=0-1", "If-Range": "Mon, 01 Jan 2024 00:00:00 GMT" }, [200, text, null]],
  ])("%s", async (_, headers, expected) => {
    expect(await ask(headers)).toEqual(expected);
  });

  test("work over HTTP/2", async () => {
    const { status, text: body } = await http2Request(server.url, {
      ":path": new URL(url).pathname,
      range: "bytes=2-3",
    });
    expect([status, body]).toEqual([206, "23"]);
  });

  test("of an empty file", async () => {
    const empty = await upload(ann, "empty", "a/b", new Uint8Array(0));
    expect((await fetch(empty.url)).status).toBe(200);
    expect((await fetch(empty.url, { headers: { Range: "bytes=0-" } })).status).toBe(416);
  });
});

describe("methods and validators", () => {
  test("HEAD tells everything but the bytes", async () => {
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, head.headers.get("Content-Length"), await head.text()]).toEqual([200, "20", ""]);
    expect(head.headers.get("ETag")).toBe(etag);
  });

  test("a version that the caller has is not sent again", async () => {
    expect(await ask({ "If-None-Match": etag })).toEqual([304, "", null]);
    expect(await ask({ "If-None-Match": `"x", W/${etag}` })).toEqual([304, "", null]);
    expect(await ask({ "If-None-Match": '"x"' })).toEqual([200, text, null]);
  });

  test.each(["POST", "PUT", "DELETE", "PATCH"])("%s is refused", async (method) => {
    const answer = await fetch(url, { method });
    expect([answer.status, answer.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
  });
});

describe("a file cannot act as a page (S13)", () => {
  const script = bytesOf('<html><script>fetch("/canary")</script></html>');
  test.each([
    ["page.html", "text/html", "text/html"],
    ["drawing.svg", "image/svg+xml", "image/svg+xml"],
    ["paper.pdf", "application/pdf", "application/pdf"],
    ["cat.png", "image/png", "image/png"],
    ["x", "text/html\r\nX-Evil: 1", "application/octet-stream"],
    ["x", "text/html; charset=utf-7", "application/octet-stream"],
    ["x", "not a type", "application/octet-stream"],
  ])("%s as %j", async (name, mimeType, served) => {
    const { url: address } = await upload(ann, name, mimeType, script);
    for (const init of [{}, { headers: { Range: "bytes=0-3" } }]) {
      const { headers } = await fetch(address, init);
      expect(Object.fromEntries(headers)).toMatchObject({
        "content-type": served,
        "content-disposition": expect.stringMatching(/^attachment; filename/),
        "content-security-policy": "sandbox; default-src 'none'",
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
      });
      expect(headers.has("X-Evil")).toBe(false);
    }
  });

  test.each([
    ["note.txt", "attachment; filename=note.txt"],
    ['猫 "1".png', /^attachment; filename="[ -~]*"; filename\*=UTF-8''%E7%8C%AB%20%221%22\.png$/],
    ["a\r\nSet-Cookie: x=1", /^attachment; filename="[ -~]*"$/],
    ["../../etc/passwd", "attachment; filename=passwd"],
    ["C:\\boot.ini", "attachment; filename=boot.ini"],
    ["..", "attachment; filename=file"],
  ])("the name %j travels in one header", async (name, disposition) => {
    const { url: address } = await upload(ann, name, "a/b", bytesOf("x"));
    const { headers } = await fetch(address);
    expect(headers.get("Set-Cookie")).toBeNull();
    if (typeof disposition === "string") expect(headers.get("Content-Disposition")).toBe(disposition);
    else expect(headers.get("Content-Disposition")).toMatch(disposition);
  });
});

describe("paths lead nowhere else (S12)", () => {
  const up = ["..", "%2e%2e", "%252e%252e", ".%2e", "..%00", "%c0%ae%c0%ae", "..;", "....//", "..\\", "%2e%2e%5c"];
  const slashes = ["/", "%2f", "%5c", "\\", "%252f", "%c0%af", "//"];
  const targets = ["canary.txt", "etc/passwd", "package.json", "windows/win.ini"];

  test("of every spelling", async () => {
    const mark = /attachments\/([0-9a-f]{64})/.exec(url)?.[1] ?? "";
    const lines = up.flatMap((dots) =>
      slashes.flatMap((slash) =>
        targets.map((target) => `${(dots + slash).repeat(6)}${target.replaceAll("/", slash)}`),
      ),
    );
    const paths = lines.flatMap((line) => [`/attachments/${line}`, `/attachments/${mark}/${line}`]);
    paths.push(
      ...[root, "/etc/passwd", "file:///etc/passwd"].flatMap((path) => [
        `/attachments/${path}`,
        `/attachments/${encodeURIComponent(path)}`,
        `/attachments//${path}`,
      ]),
    );
    let answered = 0;
    for (const path of paths) {
      const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
      const answer = await exchange(server.url, request);
      expect(answer, path).toMatch(/^HTTP\/1\.1 (200|400|404) /);
      expect(answer, path).not.toMatch(/CANARY-OUTSIDE|root:.*:0:0|"dependencies"/);
      // All that any of them can give is the one file whose whole key they hold.
      if (answer.startsWith("HTTP/1.1 200")) {
        answered++;
        expect(path.startsWith(`/attachments/${mark}/`), path).toBe(true);
        expect(answer).toContain(text);
      }
    }
    expect(answered).toBeGreaterThan(0);
    expect(paths.length).toBeGreaterThan(500);
  });
});

describe("who may ask", () => {
  test("a page on loopback may read it with its headers, a foreign one may not", async () => {
    const near = await fetch(url, { headers: { Origin: "http://localhost:5173" } });
    expect(near.headers.get("Access-Control-Allow-Origin")).toBe("http://localhost:5173");
    expect(near.headers.get("Access-Control-Expose-Headers")).toContain("Content-Range");
    expect((await fetch(url, { headers: { Origin: "https://evil.example" } })).status).toBe(403);
  });

  test("a preflight for a range is answered", async () => {
    const answer = await fetch(url, {
      method: "OPTIONS",
      headers: {
        Origin: "http://localhost:5173",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-range, range",
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("Access-Control-Allow-Headers")).toMatch(/If-Range.*Range/);
  });
});

test("a picture is measured from its bytes", async () => {
  expect(await upload(ann, "cat", "application/octet-stream", PNG)).toMatchObject({
    mimeType: "image/png",
    width: 3,
    height: 2,
  });
});
