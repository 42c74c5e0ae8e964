/* The few things scripts draw themselves. */

export const clock = (date) => date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

export const many = (count, one, several = `${one}s`) => `${count} ${count === 1 ? one : several}`;

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "tp-icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  const sprite = document.querySelector("use[href*='icons']").getAttribute("href").split("#")[0];
  use.setAttribute("href", `${sprite}#i-${name}`);
  svg.append(use);
  return svg;
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
}

/* A piece the page brings along in a <template>, ready to be filled. */
export const piece = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

const LOOKS = {
  device: ["local", "device-tablet"], sending: ["", "cloud-up"], received: ["ok", "cloud-check"],
  waiting: ["local", "wifi-off"], stopped: ["bad", "alert-triangle"], "signed-out": ["bad", "lock"],
};

/* Where a thing is, in an icon, a colour and words. */
export function show(place, state, words) {
  if (place.dataset.shown === `${state} ${words}`) { return; }
  place.dataset.shown = `${state} ${words}`;
  const [kind, name] = LOOKS[state];
  place.className = place.className.replace(/ ?tp-deliv--(ok|local|bad)/g, "") + (kind ? ` tp-deliv--${kind}` : "");
  place.replaceChildren(icon(name), element("span", {}, words));
}
