import { BackendUnavailableError } from "../errors.ts";

/** There is an entry that was invalidated and could not be deleted yet. That was told of when it was to be deleted. */
export class AwaitingDeletion extends BackendUnavailableError {
  constructor() {
    super("The entry was invalidated, and is to be deleted when the backend answers.", { outcome: "none" });
  }
}
