// The stages on which every scenario is played in Node. All of them are the same engine behind another way in.
import type { Transport } from "@connectrpc/connect";
import { createHttpTransport, type NimClient } from "@nimkit/sdk";
import { apicloudTransport } from "@nimkit/sdk/apicloud";
import { createNodeTransport } from "@nimkit/sdk/http/node";
import { createNimModule, isCarried, type NimModule } from "@nimkit/sdk/module";
import type { MockBackend, MockBackendOptions } from "@nimkit/server-mock";
import { createNativeModule } from "@nimkit/server-mock/module";
import { createMockNetwork, mockHandlers } from "@nimkit/server-mock/msw";
import { startMockServer } from "@nimkit/server-mock/node";
import {
  createScenarioClient,
  createStageBackend,
  type ScenarioClient,
  type ScenarioStage,
} from "@nimkit/server-mock/scenarios";

/** A stage and how to take it down. */
export interface Stage extends ScenarioStage {
  close(): Promise<void>;
}

export function memory(options: Pick<MockBackendOptions, "onCommit"> = {}): Stage & { readonly backend: MockBackend } {
  const { backend, ...hooks } = createStageBackend(options);
  return { ...hooks, backend, transportFor: () => backend.transport(), close: () => backend.close() };
}

async function mswInNode(): Promise<Stage> {
  const { backend, ...hooks } = createStageBackend();
  const baseUrl = "http://mock.example";
  const network = createMockNetwork(mockHandlers(backend, { baseUrl }));
  await network.enable();
  return {
    ...hooks,
    transportFor: () => createHttpTransport({ baseUrl }),
    async close() {
      await network.disable();
      await backend.close();
    },
  };
}

async function http(transport: (baseUrl: string) => Transport): Promise<Stage> {
  const { backend, ...hooks } = createStageBackend();
  const server = await startMockServer({ backend, port: 0 });
  return { ...hooks, transportFor: () => transport(server.url), close: () => server.close() };
}

/** What a module is made of: its own client, and what that client claims to be. */
interface Inner {
  readonly client: NimClient;
  readonly platform: ScenarioClient["platform"];
}

/**
 * Client → bridge → callback module → client → engine. The network that a step cuts is the phone's, so it sits below
 * the module.
 */
function throughModule(stage: Stage, create: (inner: Inner) => NimModule): Stage {
  const modules = new Map<string, { readonly nim: NimModule; readonly inner: NimClient; seen: number }>();
  return {
    ...stage,
    throughModule: true,
    carries: (field, { platform }) => isCarried(platform, field),
    clientOn(transport, client, name, files) {
      const { platform } = client;
      const inner = createScenarioClient(transport, client, name, files);
      const module = { nim: create({ client: inner, platform }), inner, seen: 0 };
      modules.set(name, module);
      inner.onAny(({ offset }) => {
        module.seen = offset ?? module.seen;
      });
      return createScenarioClient(apicloudTransport(module.nim, { platform }), client, name);
    },
    close() {
      // Nobody else ends them: a native module lives as long as its phone.
      for (const { inner } of modules.values()) inner.close();
      return stage.close();
    },
    seen: (name) => modules.get(name)?.seen ?? 0,
    ask(name, entry, of = "") {
      const nim = modules.get(name)?.nim;
      if (entry === "isLogined") return nim?.isLogined();
      return entry === "isMyTeam" ? nim?.isMyTeam({ teamId: of }) : nim?.isMyFriend({ account: of });
    },
  };
}

const connectJson = () => http((baseUrl) => createNodeTransport({ baseUrl }));

export const stages = {
  memory: () => memory(),
  "MSW in Node": mswInNode,
  "Connect JSON": connectJson,
  "Connect binary": () => http((baseUrl) => createNodeTransport({ baseUrl, format: "binary", httpVersion: "2" })),
  "Connect JSON by fetch": () => http((baseUrl) => createHttpTransport({ baseUrl })),
  "gRPC-Web": () => http((baseUrl) => createNodeTransport({ baseUrl, protocol: "grpc-web" })),
  gRPC: () => http((baseUrl) => createNodeTransport({ baseUrl, protocol: "grpc" })),
  // An app in a browser, with the mock as its server.
  "callback module": async () => throughModule(await connectJson(), (inner) => createNimModule(inner)),
  // What an app on the phone goes through, on a phone that is made of the mock.
  apicloud: () => throughModule(memory(), (inner) => createNativeModule(inner)),
} satisfies Record<string, () => Stage | Promise<Stage>>;

/** Name of a stage. */
export type StageName = keyof typeof stages;
