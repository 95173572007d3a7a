import { describeDocument } from "./describe-document.ts";

describeDocument("README.md");
describeDocument("docs/guide.md");
describeDocument("test/docs/fixtures/sample.md");
