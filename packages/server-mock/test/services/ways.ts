// The ways in to a backend. A test that runs on all of them shows that the checks and their order are the same.
import type { Transport } from "@connectrpc/connect";
import { createHttpTransport } from "@nimkit/sdk";
import { createNodeTransport } from "@nimkit/sdk/http/node";
import { createMockBackend, type MockBackend, type MockBackendOptions } from "@nimkit/server-mock";
import { createMockNetwork, mockHandlers } from "@nimkit/server-mock/msw";
import { startMockServer } from "@nimkit/server-mock/node";

/** A backend, a transport to it and what takes both down. */
export interface Way {
  readonly backend: MockBackend;
  readonly transport: Transport;
  close(): Promise<void>;
}

const MOCKED_URL = "http://mock.example";

async function memory(options: MockBackendOptions): Promise<Way> {
  const backend = createMockBackend(options);
  return { backend, transport: backend.transport(), close: () => backend.close() };
}

const msw =
  (settings: Omit<Parameters<typeof createHttpTransport>[0], "baseUrl">) =>
  async (options: MockBackendOptions): Promise<Way> => {
    const backend = createMockBackend(options);
    const network = createMockNetwork(mockHandlers(backend, { baseUrl: MOCKED_URL }));
    await network.enable();
    return {
      backend,
      transport: createHttpTransport({ baseUrl: MOCKED_URL, ...settings }),
      async close() {
        await network.disable();
        await backend.close();
      },
    };
  };

const http =
  (settings: Omit<Parameters<typeof createNodeTransport>[0], "baseUrl">) =>
  async (options: MockBackendOptions): Promise<Way> => {
    const server = await startMockServer({ ...options, port: 0 });
    return {
      backend: server.backend,
      transport: createNodeTransport({ baseUrl: server.url, ...settings }),
      close: () => server.close(),
    };
  };

/** By name, for `describe.each`. */
export const ways: readonly (readonly [string, (options: MockBackendOptions) => Promise<Way>])[] = [
  ["memory", memory],
  ["MSW, Connect JSON", msw({})],
  ["MSW, Connect binary", msw({ format: "binary" })],
  ["MSW, gRPC-Web", msw({ protocol: "grpc-web", format: "binary" })],
  ["HTTP/1.1, Connect JSON", http({})],
  ["HTTP/2, Connect binary", http({ httpVersion: "2", format: "binary" })],
  ["HTTP/1.1, gRPC-Web", http({ protocol: "grpc-web" })],
  ["HTTP/2, gRPC", http({ protocol: "grpc" })],
];
