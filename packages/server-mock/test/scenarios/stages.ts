// The stages on which every scenario is played in Node. All of them are the same engine behind another way in.
import type { Transport } from "@connectrpc/connect";
import { createHttpTransport } from "@nimkit/sdk";
import { apicloudTransport } from "@nimkit/sdk/apicloud";
import { createNodeTransport } from "@nimkit/sdk/http/node";
import { createMockBackend, type MockBackend } from "@nimkit/server-mock";
import { createNativeModule } from "@nimkit/server-mock/module";
import { createMockNetwork, mockHandlers } from "@nimkit/server-mock/msw";
import { startMockServer } from "@nimkit/server-mock/node";
import { createScenarioClient, type ScenarioStage } from "@nimkit/server-mock/scenarios";

/** A stage and how to take it down. */
export interface Stage extends ScenarioStage {
  close(): Promise<void>;
}

/** The backend of every stage: the same seed, and a clock that only `advance` moves. */
const stageOptions = { randomSeed: 7, epoch: "stage", clock: { frozenAt: 1_700_000_000_000 } } as const;

const onBackend = (backend: MockBackend) => ({ advance: (ms: number) => backend.control.clock.advance(ms) });

export function memory(): Stage {
  const backend = createMockBackend(stageOptions);
  return { ...onBackend(backend), transportFor: () => backend.transport(), close: () => backend.close() };
}

async function mswInNode(): Promise<Stage> {
  const backend = createMockBackend(stageOptions);
  const baseUrl = "http://mock.example";
  const network = createMockNetwork(mockHandlers(backend, { baseUrl }));
  await network.enable();
  return {
    ...onBackend(backend),
    transportFor: () => createHttpTransport({ baseUrl }),
    async close() {
      await network.disable();
      await backend.close();
    },
  };
}

async function http(transport: (baseUrl: string) => Transport): Promise<Stage> {
  const server = await startMockServer({ ...stageOptions, port: 0 });
  return { ...onBackend(server.backend), transportFor: () => transport(server.url), close: () => server.close() };
}

/** Client → bridge → callback module → client → engine: what an app on the phone goes through. */
function apicloud(): Stage {
  const backend = createMockBackend(stageOptions);
  return {
    ...onBackend(backend),
    throughModule: true,
    // The network that a step cuts is the phone's, so it sits below the module.
    transportFor: () => backend.transport(),
    clientOn(transport, client, name) {
      const { platform } = client;
      const native = createNativeModule({ client: createScenarioClient(transport, client, name), platform });
      return createScenarioClient(apicloudTransport(native, { platform }), client, name);
    },
    close: () => backend.close(),
  };
}

export const stages: Readonly<Record<string, () => Stage | Promise<Stage>>> = {
  memory,
  "MSW in Node": mswInNode,
  "Connect JSON": () => http((baseUrl) => createNodeTransport({ baseUrl })),
  "Connect binary": () => http((baseUrl) => createNodeTransport({ baseUrl, format: "binary", httpVersion: "2" })),
  "Connect JSON by fetch": () => http((baseUrl) => createHttpTransport({ baseUrl })),
  "gRPC-Web": () => http((baseUrl) => createNodeTransport({ baseUrl, protocol: "grpc-web" })),
  gRPC: () => http((baseUrl) => createNodeTransport({ baseUrl, protocol: "grpc" })),
  apicloud,
};
