import type { Erratum } from "./erratum.ts";

export const errata: readonly Erratum[] = [];
