import type { DescField } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import type { NimClient } from "@nimkit/sdk";
import type { MockControl } from "../backend/control.ts";
import type { StepResult } from "../engine/step.ts";
import { createMockBackend, type MockBackend, type MockBackendOptions } from "../index.ts";
import type { AskStep, ScenarioClient, ScenarioFile } from "./scenario.ts";

/** By path, what the clients of a scenario can send. */
export type ScenarioFiles = Readonly<Record<string, ScenarioFile>>;

/** A backend behind some transport, as a scenario needs it. */
export interface ScenarioStage {
  /** What the clients of this stage are made on; the network switch sits between the client and this transport. */
  transportFor(client: ScenarioClient, name: string): Transport | Promise<Transport>;
  /** A client on a transport; only a stage with something between them differs. */
  clientOn?(transport: Transport, client: ScenarioClient, name: string, files: ScenarioFiles): NimClient;
  /** Steers the backend: clock, policy, seeds, kicks, open streams, log. */
  readonly control: Pick<MockControl, "clock" | "setPolicy" | "seed" | "kick" | "rooms" | "openStreams" | "log">;
  /** Offset of the newest event that went into a device's open stream; 0 when there was none. */
  delivered(deviceId: string): number;
  /** Where the events of a client pass something that numbers them anew: the newest offset before it. */
  seen?(name: string): number;
  /** Asks a synchronous entry of the client's callback module. */
  ask?(name: string, entry: string, of: AskStep["of"]): unknown;
  /** The stage speaks through the callback module: steps marked as extensions are skipped. */
  readonly throughModule?: true;
  /** False for a field that the callback module does not have on the client's platform. Default: all are carried. */
  carries?(field: DescField, client: ScenarioClient): boolean;
}

/** A backend for a stage, and what the stage hears from it. */
export interface StageBackend extends Pick<ScenarioStage, "control" | "delivered"> {
  readonly backend: MockBackend;
}

/** Makes the backend of a stage: always the same seed, ids and time, so that two runs can be compared. */
export function createStageBackend(options: Pick<MockBackendOptions, "onCommit"> = {}): StageBackend {
  const streams = new Map<string, { readonly account: string; open: boolean; offset: number }>();
  const follow = ({ events }: StepResult): void => {
    for (const event of events) {
      if (event.type === "streamOpened") {
        streams.set(event.deviceId, { account: event.account, open: true, offset: 0 });
      } else if (event.type === "streamClosed" || event.type === "delivered") {
        const stream = streams.get(event.deviceId);
        if (stream?.account !== event.account) continue;
        if (event.type === "streamClosed") stream.open = false;
        else if (stream.open) stream.offset = event.offset;
      }
    }
  };
  const backend = createMockBackend({
    randomSeed: 7,
    epoch: "stage",
    clock: { frozenAt: 1_700_000_000_000 },
    onCommit(entry, result) {
      follow(result);
      options.onCommit?.(entry, result);
    },
  });
  return { backend, control: backend.control, delivered: (deviceId) => streams.get(deviceId)?.offset ?? 0 };
}
