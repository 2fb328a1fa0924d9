import { untilSeen } from "./participants.ts";
import type { EndStep, LeaveStep, NextStep } from "./scenario.ts";
import { check, expectedFailure, type Line, type Scene } from "./scene.ts";

/** Does a step about a call that was begun. @throws when it does not hold */
export async function runStartedStep(step: NextStep | EndStep | LeaveStep, scene: Scene): Promise<readonly Line[]> {
  const name = "step" in step ? step.step : "end" in step ? step.end : step.leave;
  const started = scene.started.get(name);
  if (!started) throw new Error(`no step started "${name}"`);
  const { person, what, schema } = started;
  const line = { what, platform: person.spec.platform, schema };
  if ("leave" in step) {
    const heard = lastAbandoned(scene);
    // The backend hears of it in its own time; what comes next must not overtake it.
    if (started.leave()) await untilSeen(() => lastAbandoned(scene) > heard, "the backend did not notice");
    return [];
  }
  if ("end" in step) {
    const answer = await started.next().catch((reason: unknown) => {
      return expectedFailure(reason, step.error, what.slice(what.indexOf(".") + 1));
    });
    if (typeof answer === "number") return [{ ...line, error: answer }];
    if (answer !== undefined) throw new Error(`one more answer came: ${JSON.stringify(answer)}`);
    if (step.error !== undefined) throw new Error(`it ended instead of failing with ${step.error}`);
    return [];
  }
  const value = await started.next();
  if (!value) throw new Error("there is no further answer");
  check(value, step.expect, scene, person, schema);
  if (step.keep) scene.kept.set(step.keep, value);
  return [{ ...line, value }];
}

/** Place in the log of the newest entry by which a reader left. */
function lastAbandoned({ stage }: Scene): number {
  return stage.control.log().findLast(({ command }) => command.kind === "abandoned")?.index ?? 0;
}
