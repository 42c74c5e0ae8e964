/* Sealing what lies on the device: AES-GCM with a key that scripts can use and nobody can read out. */

const SALT = new TextEncoder().encode("trigpoint drafts");

function bytesOf(hex) { return Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16)); }

/* The key of one person, from the secret the server keeps for them. */
export async function keyFrom(secret, person) {
  const base = await crypto.subtle.importKey("raw", bytesOf(secret), "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: SALT, info: new TextEncoder().encode(person) };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export async function sealBytes(key, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

export const openBytes = (key, sealed) => crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
export const seal = (key, value) => sealBytes(key, new TextEncoder().encode(JSON.stringify(value)));
export const open = async (key, sealed) => JSON.parse(new TextDecoder().decode(await openBytes(key, sealed)));
