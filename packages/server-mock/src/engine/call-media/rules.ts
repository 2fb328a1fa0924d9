import type { DecideTable } from "../decide-table.ts";
import { decideSetting } from "./settings.ts";
import { decideInitViews, decideRemoveViews } from "./views.ts";

/** The rpcs of CallMediaService. */
export const callMediaRules = {
  "callMedia.initCallRemoteView": decideInitViews,
  "callMedia.removeCallRemoteView": decideRemoveViews,
  "callMedia.setCallMute": (world, { mute }, context) =>
    decideSetting(world, context, "sound", (settings) => ({ ...settings, mute })),
  "callMedia.setCallSpeaker": (world, { useSpeaker }, context) =>
    decideSetting(world, context, "sound", (settings) => ({ ...settings, speaker: useSpeaker })),
  "callMedia.switchCallCamera": (world, _command, context) =>
    decideSetting(world, context, "picture", (settings) => ({
      ...settings,
      camera: settings.camera === "front" ? "back" : "front",
    })),
  "callMedia.switchCallCameraFlash": (world, _command, context) =>
    decideSetting(world, context, "picture", (settings) => ({ ...settings, flash: !settings.flash })),
} satisfies Partial<DecideTable>;
