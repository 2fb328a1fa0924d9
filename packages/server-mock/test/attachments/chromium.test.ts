// What people upload does nothing in a browser, however it is opened (reliability.md S13), and pictures still show.
import { type MockServer, startMockServer } from "@nimkit/server-mock/node";
import { type Browser, chromium, type Page, type Request } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CHROMIUM_FLAGS, ensureChromium } from "../../../../scripts/ensure-tools.ts";
import { bytesOf, httpClient, PNG, upload } from "./kit.ts";

const START_MS = 60_000;
/** A script that can be seen from outside when it runs. */
const beacon = 'fetch("/healthz?canary");parent.postMessage("canary","*")';
const html = `<!doctype html><script>${beacon}</script><img src="/healthz?canary">`;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload='${beacon}'><script>${beacon}</script></svg>`;
const polyglot = new Uint8Array([...PNG, ...bytesOf(html)]);

let server: MockServer;
let browser: Browser;
let page: Page;
let canaries: number;

beforeAll(async () => {
  server = await startMockServer({ port: 0 });
  browser = await chromium.launch({ executablePath: ensureChromium(), args: ["--headless", ...CHROMIUM_FLAGS] });
}, START_MS);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  canaries = 0;
  page.on("request", (request) => {
    if (request.url().includes("canary")) canaries++;
  });
  await page.goto(server.url);
  await page.evaluate(() => addEventListener("message", () => fetch("/healthz?canary")));
});

async function addressOf(name: string, type: string, content: Uint8Array): Promise<string> {
  const ann = await httpClient(server.url, "1001");
  const { url } = await upload(ann, name, type, content);
  ann.close();
  return url;
}

/** Opens an address in every way that a page has, and waits until each request has come to its end. */
async function openInEveryWay(url: string): Promise<void> {
  const ways = ["iframe", "object", "embed", "img", "video", "link"];
  const over = new Set<string>();
  const note = (request: Request): void => {
    const [, way = ""] = request.url().split("?");
    if (request.url().startsWith(url)) over.add(way);
  };
  page.on("requestfinished", note);
  page.on("requestfailed", note);
  await page.evaluate(
    ([address, names]) => {
      for (const way of names) {
        const element = document.createElement(way);
        element.setAttribute(way === "object" ? "data" : way === "link" ? "href" : "src", `${address}?${way}`);
        if (way === "link") element.setAttribute("rel", "stylesheet");
        document.body.append(element);
      }
    },
    [url, ways] as const,
  );
  await expect.poll(() => [...over].sort()).toEqual([...ways].sort());
  const visited = await page.goto(url).then(
    () => "shown",
    () => "downloaded",
  );
  expect(visited).toBe("downloaded");
}

test("the canary sings where scripts run", async () => {
  await page.setContent(`<iframe srcdoc='${html.replaceAll("'", "&apos;")}'></iframe>`);
  await expect.poll(() => canaries).toBeGreaterThan(0);
});

describe("no script runs in", () => {
  test.each([
    ["page.html", "text/html", bytesOf(html)],
    ["page.html", "application/xhtml+xml", bytesOf(html.replace("<!doctype html>", ""))],
    ["drawing.svg", "image/svg+xml", bytesOf(svg)],
    ["paper.pdf", "application/pdf", bytesOf(`%PDF-1.4\n${html}`)],
    ["cat.png", "text/html", polyglot],
    ["cat.png", "image/png", polyglot],
    ["page", "application/octet-stream", bytesOf(html)],
  ])("%s as %s", async (name, type, content) => {
    await openInEveryWay(await addressOf(name, type, content));
    expect(canaries).toBe(0);
  });
});

test("a picture shows on a page of another origin", async () => {
  const url = await addressOf("cat.png", "image/png", PNG);
  await page.goto(server.url.replace("127.0.0.1", "localhost"));
  const width = await page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image.naturalWidth;
  }, url);
  expect(width).toBe(3);
});
