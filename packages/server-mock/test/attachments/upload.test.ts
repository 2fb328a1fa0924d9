// What uploads promise: the bytes that come back are those that were sent, however they came; none is in the log.
import { createHash } from "node:crypto";
import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, codeOf, download, frozenBackend, loggedIn, PNG, upload } from "./kit.ts";

const md5 = (data: Uint8Array): string => createHash("md5").update(data).digest("hex");

/** A move of a client that is not sure what the server has: it sends from somewhere before the end of what is there. */
const moves = fc.array(fc.record({ back: fc.nat(40), length: fc.integer({ min: 1, max: 64 }) }), { maxLength: 30 });

describe("an upload", () => {
  test("gives the bytes that were sent, however they were cut, repeated and resumed", async () => {
    const backend = frozenBackend({ policy: { attachmentChunkBytes: 64 } });
    const ann = await loggedIn(backend, "1001");
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 500 }), moves, async (content, steps) => {
        const request = { name: "x", size: content.length, mimeType: "a/b", md5: md5(content) };
        const { uploadId } = await ann.attachment.createUpload(request);
        let has = 0;
        const send = async (offset: number, length: number): Promise<void> => {
          const data = content.slice(offset, offset + length);
          if (data.length === 0) return;
          const reply = await ann.attachment.uploadChunk({ uploadId, offset, data });
          expect(reply.offset).toBe(Math.max(has, offset + data.length));
          has = reply.offset;
          expect((await ann.attachment.getUpload({ uploadId })).offset).toBe(has);
        };
        for (const { back, length } of steps) await send(Math.max(0, has - back), length);
        while (has < content.length) await send(has, 64);
        const { attachment } = await ann.attachment.finishUpload({ uploadId });
        expect(attachment?.md5).toBe(md5(content));
        expect(await download(ann, attachment?.attachmentId ?? "")).toEqual(new Uint8Array(content));
      }),
      { numRuns: 40, seed: 4 },
    );
    await backend.close();
  });

  test("leaves no byte in the log, the world or a snapshot", async () => {
    const backend = frozenBackend();
    const ann = await loggedIn(backend, "1001");
    await upload(ann, "secret.txt", "text/plain", bytesOf("the canary sings"));
    const all = JSON.stringify([backend.control.log(), backend.control.snapshot()]);
    expect(all).toContain("secret.txt");
    expect(all).not.toContain("canary");
    // Bytes as JSON writes an array of them.
    expect(all).not.toContain([...bytesOf("canary")].join(","));
    await backend.close();
  });

  test("that ends twice at the same time makes one attachment", async () => {
    const backend = frozenBackend();
    const ann = await loggedIn(backend, "1001");
    const { uploadId } = await ann.attachment.createUpload({ name: "x", size: PNG.length, mimeType: "image/png" });
    await ann.attachment.uploadChunk({ uploadId, offset: 0, data: PNG });
    const both = await Promise.all([
      ann.attachment.finishUpload({ uploadId }),
      ann.attachment.finishUpload({ uploadId }),
    ]);
    expect(both[0].attachment).toEqual(both[1].attachment);
    await backend.close();
  });

  test("does not share its bytes with the caller's buffer", async () => {
    const backend = frozenBackend();
    const ann = await loggedIn(backend, "1001");
    const { uploadId } = await ann.attachment.createUpload({ name: "x", size: 3, mimeType: "a/b" });
    const actor = { account: "1001", deviceId: "1001-phone", platform: "ios" } as const;
    const data = bytesOf("abc");
    await backend.attachments.uploadChunk({ uploadId, offset: 0, data }, actor);
    data.fill(0);
    const { attachment } = await ann.attachment.finishUpload({ uploadId });
    expect(await download(ann, attachment?.attachmentId ?? "")).toEqual(bytesOf("abc"));
    await backend.close();
  });
});

describe("a file", () => {
  test("of more than one piece is read from any place", async () => {
    const backend = frozenBackend({ policy: { attachmentChunkBytes: 2_097_152 } });
    const ann = await loggedIn(backend, "1001");
    const content = new Uint8Array(2_000_003).map((_, i) => (i * 31) % 251);
    const { attachmentId } = await upload(ann, "big.bin", "application/octet-stream", content);
    for (const offset of [0, 1, 1_048_575, 1_048_576, 1_999_999, 2_000_003]) {
      expect(md5(await download(ann, attachmentId, offset))).toBe(md5(content.slice(offset)));
    }
    await backend.close();
  });

  test("may be read by those who were shown it, and by nobody else", async () => {
    const backend = frozenBackend();
    const [ann, ben, cleo] = await Promise.all(["1001", "1002", "1003"].map((account) => loggedIn(backend, account)));
    if (!ann || !ben || !cleo) throw new Error("three clients were made");
    const { attachmentId } = await upload(ann, "cat.png", "image/png", PNG);
    expect(await codeOf(download(ben, attachmentId))).toBe(ErrorCode.NOT_FOUND);
    const stolen = { sessionId: "1003", filePath: "fs://cat.png", attachmentId };
    expect(await codeOf(ben.message.sendImage(stolen))).toBe(ErrorCode.NOT_FOUND);
    await ann.message.sendImage({ sessionId: "1002", filePath: "fs://cat.png", attachmentId });
    expect(await download(ben, attachmentId)).toEqual(PNG);
    expect(await codeOf(download(cleo, attachmentId))).toBe(ErrorCode.NOT_FOUND);
    await backend.close();
  });

  test("of a restored snapshot is there on the same backend, and 404 on another", async () => {
    const backend = frozenBackend();
    const ann = await loggedIn(backend, "1001");
    const { attachmentId } = await upload(ann, "cat.png", "image/png", PNG);
    const half = await ann.attachment.createUpload({ name: "x", size: 2, mimeType: "a/b" });
    await ann.attachment.uploadChunk({ uploadId: half.uploadId, offset: 0, data: bytesOf("ab") });
    const snapshot = backend.control.snapshot();
    const other = frozenBackend();
    for (const [home, code] of [
      [backend, undefined],
      [other, ErrorCode.NOT_FOUND],
    ] as const) {
      home.control.restore(snapshot);
      const again = await loggedIn(home, "1001");
      const finished = again.attachment.finishUpload({ uploadId: half.uploadId });
      if (code === undefined) {
        expect(await download(again, attachmentId)).toEqual(PNG);
        expect((await finished).attachment?.md5).toBe(md5(bytesOf("ab")));
      } else {
        expect(await codeOf(download(again, attachmentId))).toBe(code);
        expect(await codeOf(finished)).toBe(code);
      }
    }
    await Promise.all([backend.close(), other.close()]);
  });

  test("is gone after a reset, and its object URL too", async () => {
    const backend = frozenBackend();
    const ann = await loggedIn(backend, "1001");
    const { attachmentId, url } = await upload(ann, "cat.png", "image/png", PNG);
    expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(PNG);
    backend.control.reset();
    await expect(fetch(url)).rejects.toThrow();
    expect(await codeOf(download(await loggedIn(backend, "1001"), attachmentId))).toBe(ErrorCode.NOT_FOUND);
    await backend.close();
  });

  test("that could run as a page has an object URL under an inert type", async () => {
    const backend = frozenBackend();
    const ann = await loggedIn(backend, "1001");
    for (const [type, served] of [
      ["text/html", "application/octet-stream"],
      ["image/svg+xml", "application/octet-stream"],
      ["application/pdf", "application/octet-stream"],
      ["text/javascript", "application/octet-stream"],
      ["image/png", "image/png"],
      ["audio/aac", "audio/aac"],
    ]) {
      const { url, mimeType } = await upload(ann, "x", type ?? "", bytesOf("<script>canary</script>"));
      expect([mimeType, (await fetch(url)).headers.get("Content-Type")]).toEqual([type, served]);
    }
    await backend.close();
  });
});

describe("calls without the SDK", () => {
  test("a path alone is refused with a text that says what to do", async () => {
    const backend = frozenBackend();
    await loggedIn(backend, "1001");
    const actor = { account: "1001", deviceId: "1001-phone", platform: "ios" } as const;
    const send = () =>
      backend.execute("message.sendImage", { sessionId: "1002", sessionType: 0, filePath: "fs://cat.png" }, actor);
    expect(send).toThrow(
      expect.objectContaining({
        code: ErrorCode.MISSING_ARGUMENT,
        field: "attachment_id",
        text: { en: expect.stringContaining("AttachmentService"), zh: expect.stringContaining("AttachmentService") },
      }),
    );
    await backend.close();
  });

  test("execute does not take what carries bytes", async () => {
    const backend = frozenBackend();
    expect(() => backend.execute("attachment.uploadChunk", { uploadId: "x", offset: 0, data: PNG }, undefined)).toThrow(
      "backend.attachments",
    );
    await backend.close();
  });
});
