import { BackendUnavailableError } from "../errors.ts";

/** What a backend that has been closed answers with. Others see an unavailable one. */
export class BackendClosedError extends BackendUnavailableError {
  constructor(message = "The backend is closed.") {
    super(message, { outcome: "none" });
  }
}
