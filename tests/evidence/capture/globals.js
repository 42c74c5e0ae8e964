/* What a browser has and an older Node does not offer by itself. */

import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
