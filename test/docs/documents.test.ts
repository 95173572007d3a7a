import { describeDocument } from "./describe-document.ts";

describeDocument("README.md");
describeDocument("docs/guide.md", { isQuick: true });
describeDocument("test/docs/fixtures/sample.md");
