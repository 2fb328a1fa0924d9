import { tellParts } from "../device/lifecycle.ts";
import type { CallScene } from "./scene.ts";

/** A call takes microphone and speaker of a device that calls or answers: playing and recording end (behaviour.md B.14). */
export function takeSound({ draft, world, env }: CallScene, account: string, deviceId: string): void {
  tellParts("soundTaken", draft, world, env, account, deviceId);
}
