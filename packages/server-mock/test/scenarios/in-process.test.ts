import { playOn } from "./play-on.ts";

playOn(["memory", "MSW in Node", "callback module", "apicloud"]);
