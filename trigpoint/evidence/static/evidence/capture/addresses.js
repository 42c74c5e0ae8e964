/* Where things are on the server, and which of its pages work with no signal. */

const CAPTURE = /^\/evidence\/entries\/([0-9a-f-]{36})\/capture\/$/;

export const DAY = "/evidence/entries/new/";
export const UNLOCK = "/api/v1/evidence/device";
export const WORKER = "/evidence/worker.js";
export const SIGN_IN = "/people/sign-in/";

export const saveAt = (id) => `/api/v1/evidence/${id}`;
export const captureAt = (id, where = "") => `/evidence/entries/${id}/capture/${where && `?${where}`}`;
export const recordAt = (id) => `/evidence/entries/${id}/`;
export const filesAt = (id) => `/evidence/entries/${id}/files/`;
export const chunkAt = (record, id, facts) => `/api/v1/evidence/${record}/files/${id}?${new URLSearchParams(facts)}`;

/* Which visit a query names, in one spelling: "kind=LESSON_VISIT&review=…". */
export function whereOf(query) {
  const named = [...new URLSearchParams(query)].filter(([, value]) => value);
  return named.map(([name, value]) => `${name}=${value}`).sort().join("&");
}

/* The record a page writes, from its path; null for any other page. */
export const recordIn = (path) => path.match(CAPTURE)?.[1] ?? null;
