// Which scenarios exercise which entry on which transport, as data and as a page of the docs.
import { type ModuleEntry, moduleEntries } from "@nimkit/sdk/module";
import { entryOfAsk, eventOfStep, rpcOfStep, type Scenario, walkSteps } from "@nimkit/server-mock/scenarios";

/** A way to reach the mock. The last two go through the callback module, which lacks the extensions. */
export const COLUMNS = ["memory", "MSW", "HTTP", "callback module", "apicloud"] as const;
/** One of the columns. */
export type Column = (typeof COLUMNS)[number];

const THROUGH_MODULE: ReadonlySet<Column> = new Set(["callback module", "apicloud"]);
/** Names of scenarios that an entry lists before it says how many more there are. */
const NAMES_SHOWN = 6;

/** An entry, and by column the names of the scenarios that exercise it. */
export interface CoverageRow {
  readonly entry: ModuleEntry;
  readonly scenarios: Readonly<Record<Column, readonly string[]>>;
}

/** A scenario and its path below the folder of scenarios. */
export interface ScenarioFile {
  readonly path: string;
  readonly scenario: Scenario;
}

/** Keys of what a scenario does and sees: a call counts only where it succeeds. */
function exercised(scenario: Scenario, throughModule: boolean): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { step, extension } of walkSteps(scenario)) {
    if ((extension && throughModule) || ("call" in step && step.error !== undefined)) continue;
    const [rpc, event, asked] = [rpcOfStep(step), eventOfStep(step), entryOfAsk(step)];
    if (rpc !== undefined) keys.add(`call ${rpc}`);
    if (event !== undefined) keys.add(`event ${event}`);
    if (asked !== undefined) keys.add(`ask ${asked}`);
  }
  return keys;
}

function keyOf({ kind, name, target }: ModuleEntry): string {
  if (kind === "listener") return `event ${target}`;
  return kind === "synchronous" ? `ask ${name}` : `call ${target}`;
}

/** What the scenarios exercise, entry by entry, in the order of the module's table. */
export function collectCoverage(files: readonly ScenarioFile[]): readonly CoverageRow[] {
  const done = files.map(({ scenario }) => ({
    name: scenario.name,
    direct: exercised(scenario, false),
    throughModule: exercised(scenario, true),
  }));
  return moduleEntries.map((entry) => {
    const key = keyOf(entry);
    const names = (way: "direct" | "throughModule") =>
      done.filter((item) => item[way].has(key)).map(({ name }) => name);
    const cell = (column: Column) => [column, names(THROUGH_MODULE.has(column) ? "throughModule" : "direct")] as const;
    return { entry, scenarios: Object.fromEntries(COLUMNS.map(cell)) as Record<Column, string[]> };
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join("; ");
  const more = names.length - NAMES_SHOWN;
  return more > 0 ? `${shown}; +${more}` : shown;
}

function countSteps(scenario: Scenario): number {
  return [...walkSteps(scenario)].length;
}

/** The page, in English and Chinese. */
export function renderCoverage(files: readonly ScenarioFile[]): string {
  const rows = collectCoverage(files);
  const filled = rows.flatMap(({ scenarios }) => COLUMNS.filter((column) => scenarios[column].length > 0)).length;
  const table = rows.map(({ entry, scenarios }) => {
    const cells = COLUMNS.map((column) => scenarios[column].length);
    return `| \`${entry.name}\` | \`${entry.target}\` | ${cells.join(" | ")} |`;
  });
  const names = rows.map(({ entry, scenarios }) => `- \`${entry.name}\`: ${listed(scenarios.memory)}`);
  const stories = files.map(({ path, scenario }) => {
    return `| ${scenario.name} | \`${path}\` | ${Object.keys(scenario.clients).length} | ${countSteps(scenario)} |`;
  });
  return `<!-- Written by scripts/write-coverage.ts; do not edit. 由 scripts/write-coverage.ts 生成，请勿手工修改。 -->

# Coverage · 覆盖情况

Every scenario is played on every transport, and what its clients see is compared with the run in memory. A number says
how many scenarios use the entry with success: a call that answers, an event that arrives, a synchronous entry that is
asked. \`MSW\` is the network of Node's fetch and the service worker in Chromium; \`HTTP\` is Connect as JSON and binary,
gRPC-Web and gRPC; \`callback module\` is \`createNimModule\` over HTTP; \`apicloud\` is the bridge over a native module that
the mock plays. Steps that use an extension of the SDK are left out where the module stands in between.

每个场景都会在每种传输方式上运行，并与内存中的结果逐条比对。数字表示成功使用该接口的场景数：调用得到结果、事件到达、或同步接口被查询。
\`MSW\` 指 Node 的 fetch 网络与 Chromium 的 Service Worker；\`HTTP\` 指 Connect（JSON 与二进制）、gRPC-Web 和 gRPC；\`callback module\`
指经由 HTTP 的 \`createNimModule\`；\`apicloud\` 指桥接到由模拟服务扮演的原生模块。使用 SDK 扩展的步骤在经过模块时会跳过。

${rows.length} entries · 个接口，${files.length} scenarios · 个场景，${filled} of ${rows.length * COLUMNS.length} cells · 个格子已覆盖

## Entries · 接口

| Module · 模块接口 | SDK | ${COLUMNS.join(" | ")} |
| --- | --- | ${COLUMNS.map(() => "---:").join(" | ")} |
${table.join("\n")}

<details>
<summary>Scenarios of each entry · 各接口对应的场景</summary>

${names.join("\n")}

</details>

## Scenarios · 场景

| Scenario · 场景 | File · 文件 | Clients · 客户端 | Steps · 步骤 |
| --- | --- | ---: | ---: |
${stories.join("\n")}
`;
}
