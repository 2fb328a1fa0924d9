/** One contender of a comparison. */
export interface Contender {
  readonly name: string;
  run(): unknown;
}

const ROUNDS = 9;
const ROUND_MS = 200;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Runs the contenders in turn, round after round, and prints the median cost of a call and its ratio to the first one's. */
export async function compare(contenders: readonly Contender[]): Promise<void> {
  const costs = new Map(contenders.map((contender) => [contender, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const contender of contenders) {
      let calls = 0;
      const begin = performance.now();
      while (performance.now() - begin < ROUND_MS) {
        for (let i = 0; i < 20; i++) await contender.run();
        calls += 20;
      }
      // The first round warms up.
      if (round > 0) costs.get(contender)?.push(((performance.now() - begin) * 1000) / calls);
    }
  }
  const [first] = [...costs.values()].map(median);
  for (const [{ name }, values] of costs) {
    const cost = median(values);
    console.log(`${name.padEnd(36)} ${cost.toFixed(1).padStart(8)} µs/call   x ${(cost / (first ?? cost)).toFixed(2)}`);
  }
}
