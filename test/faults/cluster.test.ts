import { deployCluster } from "./deployments.ts";
import { faultSuite } from "./fault-suite.ts";

faultSuite("a Cluster", deployCluster);
