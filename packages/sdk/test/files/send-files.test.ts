import { describe, expect, it, vi } from "vitest";
import { ErrorCode, type FileResolver, NimError } from "../../src/index.ts";
import { nimErrorOf } from "../fakes/harness.ts";
import { createManualTimers } from "../fakes/manual-timers.ts";
import { type Fault, fileServer } from "./fake-files.ts";

const TEN = "0123456789";
/** Half of the longest wait that the server's client allows itself. */
const PAUSE_MS = 0.5;
const files: Record<string, string> = { "fs://ten.txt": TEN, "fs://empty": "", "widget://a/b c.PNG": "x" };
const resolveFile = async (path: string): Promise<Uint8Array> => {
  const text = files[path];
  if (text === undefined) throw new Error("no such file on the phone");
  return new TextEncoder().encode(text);
};
const request = { sessionId: "1002", filePath: "fs://ten.txt", messageId: "m" };
const textOf = ({ data }: { readonly data: number[] }): string => String.fromCharCode(...data);

describe("sending a file", () => {
  it("tells that it leaves, how far it is, and then gives the message", async () => {
    const server = await fileServer({ resolveFile });
    const { message } = await server.client.message.sendFile(request);
    expect(server.heard).toEqual(["sending m", 0, 0.4, 0.8, 1]);
    expect(server.calls).toEqual(["create", "chunk", "chunk", "chunk", "finish", "send"]);
    expect(message?.attachmentId).toBe("file-u1");
    expect(server.sends[0]).toMatchObject({ filePath: "fs://ten.txt", attachmentId: "file-u1" });
    expect([...server.uploads.values()].map(textOf)).toEqual([TEN]);
  });

  it("makes the message's id before anything leaves", async () => {
    const server = await fileServer({ resolveFile, ids: () => "made" });
    await server.client.message.sendFile({ sessionId: "1002", filePath: "fs://empty" });
    expect(server.heard).toEqual(["sending made", 0, 1]);
    expect(server.sends[0]?.messageId).toBe("made");
    expect(server.calls).toEqual(["create", "finish", "send"]);
  });

  it("uploads nothing for an attachment that is there", async () => {
    const server = await fileServer();
    await server.client.message.sendFile({ ...request, attachmentId: "known" });
    expect(server.calls).toEqual(["send"]);
    expect(server.heard).toEqual(["sending m", 1]);
  });

  it("leaves it to the server to refuse a call that is not complete", async () => {
    const server = await fileServer({ resolveFile });
    const error = await nimErrorOf(server.client.message.sendFile({ filePath: "fs://ten.txt" }));
    expect([error.code, server.calls, server.heard]).toEqual([ErrorCode.MISSING_ARGUMENT, ["send"], []]);
  });

  it("leaves paths alone when told to", async () => {
    const server = await fileServer({ uploads: false });
    await server.client.message.sendFile(request);
    expect([server.calls, server.heard]).toEqual([["send"], []]);
    expect(server.sends[0]?.attachmentId).toBe("");
  });
});

describe("a network that breaks", () => {
  const everyFault = (["before", "after"] as const).flatMap((fault: Fault) =>
    ["create", "chunk", "get", "finish", "send"].map((call) => [fault, call] as const),
  );
  it.each(everyFault)("%s a %s: the upload goes on where the server is", async (fault, call) => {
    const server = await fileServer({ resolveFile });
    // A read of the place is only needed after a chunk was lost.
    if (call === "get") server.faults.set("chunk", ["none", "before"]);
    server.faults.set(call, call === "chunk" ? ["none", fault, fault] : [fault]);
    await server.client.message.sendFile(request);
    const stored = server.sends.at(-1)?.attachmentId.replace("file-", "") ?? "";
    expect(textOf(server.uploads.get(stored) ?? { data: [] })).toBe(TEN);
    const progress = server.heard.filter((item) => typeof item === "number");
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    expect(server.heard.filter((item) => typeof item === "string")).toEqual(["sending m"]);
  });

  it("for good: 415 in the name of the send, and the same message goes on later", async () => {
    const server = await fileServer({ resolveFile });
    server.faults.set("chunk", ["none", "before", "before", "before", "before", "before"]);
    server.faults.set("get", ["none", "none", "none"]);
    const error = await nimErrorOf(server.client.message.sendFile(request));
    expect([error.code, error.method]).toEqual([ErrorCode.NOT_CONNECTED, "message.sendFile"]);
    expect(server.sends).toEqual([]);
    server.faults.clear();
    server.calls.length = 0;
    server.heard.length = 0;
    await server.client.message.sendFile(request);
    expect(server.calls).toEqual(["get", "chunk", "chunk", "finish", "send"]);
    expect(server.heard).toEqual(["sending m", 0.4, 0.8, 1]);
    expect(server.uploads.size).toBe(1);
  });

  it("and a server that forgot: the upload begins again", async () => {
    const server = await fileServer({ resolveFile });
    server.faults.set("chunk", ["none", "before"]);
    server.onChunk = () => {
      server.uploads.clear();
      server.onChunk = () => undefined;
    };
    await server.client.message.sendFile(request);
    expect(server.calls).toEqual([
      "create",
      "chunk",
      "chunk",
      "get",
      "create",
      "chunk",
      "chunk",
      "chunk",
      "finish",
      "send",
    ]);
    expect([...server.uploads.values()].map(textOf)).toEqual([TEN]);
  });
});

describe("the same message again", () => {
  it("is neither uploaded nor told a second time", async () => {
    const server = await fileServer({ resolveFile });
    await server.client.message.sendFile(request);
    server.calls.length = 0;
    server.heard.length = 0;
    await server.client.message.sendFile(request);
    expect([server.calls, server.heard]).toEqual([["send"], []]);
    expect(server.sends.map(({ attachmentId }) => attachmentId)).toEqual(["file-u1", "file-u1"]);
  });

  it("is not uploaded twice when only the message was refused", async () => {
    const server = await fileServer({ resolveFile });
    server.faults.set("send", ["before", "before", "before", "before"]);
    expect((await nimErrorOf(server.client.message.sendFile(request))).code).toBe(ErrorCode.NOT_CONNECTED);
    server.heard.length = 0;
    await server.client.message.sendFile(request);
    expect(server.uploads.size).toBe(1);
    expect(server.heard).toEqual(["sending m", 1]);
  });
});

describe("cancelling", () => {
  it("stops between chunks, rejects with 19 and sends nothing", async () => {
    const server = await fileServer({ resolveFile });
    const controller = new AbortController();
    server.onChunk = () => controller.abort();
    const error = await nimErrorOf(server.client.message.sendFile(request, { signal: controller.signal }));
    expect([error.code, error.method]).toEqual([ErrorCode.TASK_CANCELLED, "message.sendFile"]);
    expect(server.calls).toEqual(["create", "chunk"]);
  });

  it("ends the waiting for a network", async () => {
    const timers = createManualTimers();
    const server = await fileServer({ resolveFile, timers });
    const controller = new AbortController();
    server.faults.set("chunk", ["before"]);
    const sent = nimErrorOf(server.client.message.sendFile(request, { signal: controller.signal }));
    await vi.waitFor(() => expect(timers.pending()).toContain(PAUSE_MS));
    controller.abort();
    expect((await sent).code).toBe(ErrorCode.TASK_CANCELLED);
    expect(timers.pending()).not.toContain(PAUSE_MS);
  });
});

it("an upload stays with the account that began it", async () => {
  const server = await fileServer({ resolveFile });
  server.onChunk = () => {
    server.token = "another";
    void server.client.auth.login({ userId: "1002", password: "pw" });
    server.onChunk = () => undefined;
  };
  await server.client.message.sendFile(request);
  expect([...server.tokens]).toEqual(["Bearer secret"]);
});

describe("what a path stands for", () => {
  const sentFile = async (filePath: string, resolver: FileResolver = resolveFile) => {
    const server = await fileServer({ resolveFile: resolver });
    await server.client.message.sendFile({ sessionId: "1002", filePath });
    const [upload] = server.uploads.values();
    return upload && [upload.name, upload.mimeType, textOf(upload)];
  };

  it.each([
    ["fs://ten.txt", ["ten.txt", "text/plain", TEN]],
    ["widget://a/b c.PNG", ["b c.PNG", "image/png", "x"]],
    ["fs://empty", ["empty", "application/octet-stream", ""]],
    ["data:image/gif;base64,aGk=", ["file", "image/gif", "hi"]],
    ["data:,hello", ["file", "text/plain", "hello"]],
  ])("%s", async (path, expected) => {
    expect(await sentFile(path)).toEqual(expected);
  });

  it("an object URL of the page", async () => {
    const url = URL.createObjectURL(new Blob(["hi"], { type: "audio/aac" }));
    expect(await sentFile(url)).toEqual(["file", "audio/aac", "hi"]);
    URL.revokeObjectURL(url);
  });

  it("a resolver's File brings its name along", async () => {
    const file = new File(["hi"], "real.pdf");
    expect(await sentFile("fs://cache/1", async () => file)).toEqual(["real.pdf", "application/pdf", "hi"]);
  });

  it("a File that was added, until it is removed", async () => {
    const server = await fileServer();
    const { files: shelf, message } = server.client;
    const paths = [shelf.add(new File(["a"], "猫/1.png", { type: "image/png" })), shelf.add(new Blob(["b"]), "b.txt")];
    expect(new Set(paths).size).toBe(2);
    for (const filePath of paths) await message.sendFile({ sessionId: "1002", filePath });
    expect([...server.uploads.values()].map(({ name, mimeType }) => [name, mimeType])).toEqual([
      ["猫/1.png", "image/png"],
      ["b.txt", "text/plain"],
    ]);
    shelf.remove(paths[0] ?? "");
    const error = await nimErrorOf(message.sendFile({ sessionId: "1002", filePath: paths[0] ?? "" }));
    expect(error.code).toBe(ErrorCode.FILE_IO_FAILED);
  });
});

describe("a path that cannot be read", () => {
  it.each([
    ["fs://cat.png", undefined, /fs:\/\/cat\.png could not be read: .*resolveFile/],
    ["/home/ann/cat.png", undefined, /\/home\/ann\/cat\.png could not be read: .*resolveFile/],
    ["file:///etc/passwd", undefined, /resolveFile/],
    ["fs://cat.png", resolveFile, /fs:\/\/cat\.png could not be read: no such file on the phone/],
    ["http://127.0.0.1:1/cat.png", resolveFile, /could not be read/],
    ["data:broken", resolveFile, /could not be read/],
  ])("%s gives 5 and names it", async (filePath, resolver, reason) => {
    const server = await fileServer(resolver ? { resolveFile: resolver } : {});
    const error = await nimErrorOf(server.client.message.sendFile({ sessionId: "1002", filePath }));
    expect(error).toBeInstanceOf(NimError);
    expect([error.code, error.method, error.field]).toEqual([5, "message.sendFile", "filePath"]);
    expect(error.message).toMatch(reason);
    expect(server.calls).toEqual([]);
  });
});
