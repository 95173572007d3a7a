// Whether something is known against what the packages bring along: `npm audit` of the dependencies that users get. A finding of
// level high or above fails. A registry that cannot be asked is said, and fails nothing: it is no fault of the commit.
import { verdictOf } from "./audit-verdict.mjs";
import { main, StepError, tryNpm } from "./run-command.mjs";

await main(() => {
  const { output } = tryNpm(["audit", "--omit=dev", "--json"]);
  const verdict = verdictOf(output);
  if (verdict.kind === "unknown") {
    console.log(
      `\nNOT AUDITED: the registry did not answer (${verdict.reason}). Nothing is known of the dependencies today.`,
    );
    return;
  }
  console.log(verdict.text);
  if (verdict.kind === "refused") throw new StepError("npm audit knows of vulnerabilities of level high or above.");
});
