import { deploySentinel } from "./deployments.ts";
import { faultSuite } from "./fault-suite.ts";

faultSuite("what sentinels name", deploySentinel);
