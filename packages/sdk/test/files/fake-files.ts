import { Code, ConnectError } from "@connectrpc/connect";
import {
  createNimClient,
  ErrorCode,
  type NimClient,
  type NimClientSettings,
  transportFromServices,
} from "../../src/index.ts";
import type { SendFileRequest } from "../../src/protocol.ts";
import { opened, relations, serverError, untilAborted } from "../fakes/fake-backend.ts";

/** What the network does to one call: nothing, lose it, or lose the answer after the server did its part. */
export type Fault = "none" | "before" | "after";

/** A server that keeps uploads, and a network that a test can spoil. */
export interface FileServer {
  readonly client: NimClient;
  /** Names of the calls that came in, in order. */
  readonly calls: string[];
  /** What the app heard: `sending`, or the progress. */
  readonly heard: (string | number)[];
  readonly sends: SendFileRequest[];
  /** The next calls of a name, one each; then all goes well. */
  readonly faults: Map<string, Fault[]>;
  readonly uploads: Map<
    string,
    { readonly name: string; readonly mimeType: string; readonly size: number; data: number[] }
  >;
  /** Authorization headers of the calls of AttachmentService. */
  readonly tokens: Set<string>;
  token: string;
  /** Runs when a chunk has come. */
  onChunk: () => void;
}

const CHUNK = 4;
const lost = () => new ConnectError("the network is cut", Code.Unavailable);

/** Makes the server and a client of it, logged in. */
export async function fileServer(settings: NimClientSettings = {}): Promise<FileServer> {
  const { calls, faults, uploads } = { calls: [] as string[], faults: new Map<string, Fault[]>(), uploads: new Map() };

  async function during<T>(name: string, work: () => T): Promise<T> {
    calls.push(name);
    const fault = faults.get(name)?.shift() ?? "none";
    if (fault === "before") throw lost();
    const answer = work();
    if (fault === "after") throw lost();
    return answer;
  }
  const find = (id: string) => {
    const upload: { size: number; data: number[] } | undefined = uploads.get(id);
    if (!upload) throw serverError(ErrorCode.NOT_FOUND, Code.NotFound, "uploadId");
    return upload;
  };
  const transport = transportFromServices({
    auth: { login: ({ userId }) => ({ userId, accessToken: server.token, expiresAt: 1 }), logout: () => ({}) },
    event: {
      async *subscribe(_, context) {
        yield { frame: opened("e", 0) };
        yield { frame: relations() };
        await untilAborted(context);
      },
    },
    attachment: {
      createUpload: ({ name, mimeType, size }, { requestHeader }) => {
        server.tokens.add(requestHeader.get("Authorization") ?? "");
        return during("create", () => {
          const uploadId = `u${uploads.size + 1}`;
          uploads.set(uploadId, { name, mimeType, size, data: [] });
          return { uploadId, chunkSize: CHUNK, offset: 0 };
        });
      },
      uploadChunk: ({ uploadId, offset, data }, { requestHeader }) => {
        server.tokens.add(requestHeader.get("Authorization") ?? "");
        return during("chunk", () => {
          const upload = find(uploadId);
          if (offset > upload.data.length) throw serverError(ErrorCode.BAD_PARAMETER, Code.InvalidArgument, "offset");
          upload.data.push(...data.subarray(upload.data.length - offset));
          server.onChunk();
          return { offset: upload.data.length };
        });
      },
      getUpload: ({ uploadId }) => during("get", () => ({ offset: find(uploadId).data.length })),
      finishUpload: ({ uploadId }) =>
        during("finish", () => {
          const { data, size } = find(uploadId);
          if (data.length !== size) throw serverError(ErrorCode.BAD_PARAMETER, Code.InvalidArgument, "uploadId");
          return { attachment: { attachmentId: `file-${uploadId}` } };
        }),
    },
    message: {
      sendFile: (request) =>
        during("send", () => {
          server.sends.push(request);
          if (request.sessionId === "")
            throw serverError(ErrorCode.MISSING_ARGUMENT, Code.InvalidArgument, "sessionId");
          return { message: { messageId: request.messageId, attachmentId: request.attachmentId } };
        }),
    },
  });
  const client = createNimClient({ transport, backoff: { baseMs: 1, maxMs: 1 }, random: () => 0.5, ...settings });
  const server: FileServer = {
    client,
    calls,
    heard: [],
    sends: [],
    faults,
    uploads,
    tokens: new Set(),
    token: "secret",
    onChunk: () => undefined,
  };
  client.on("messageSending", ({ messageId }) => server.heard.push(`sending ${messageId}`));
  client.on("messageProgress", ({ progress }) => server.heard.push(progress));
  await client.auth.login({ userId: "1001", password: "pw" });
  return server;
}
