/** Put before the program (`--import`): its catalogue is that of tests. */
import { declareOnly, TEST_DOMAINS } from "./catalogue.ts";

declareOnly(TEST_DOMAINS);
