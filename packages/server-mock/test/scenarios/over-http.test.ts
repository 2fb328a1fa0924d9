import { playOn } from "./play-on.ts";

playOn(["Connect JSON", "Connect binary", "Connect JSON by fetch", "gRPC-Web", "gRPC"]);
