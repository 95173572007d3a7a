import { deployAlone } from "./deployments.ts";
import { faultSuite } from "./fault-suite.ts";

faultSuite("Redis alone", deployAlone);
