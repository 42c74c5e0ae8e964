/* A proposed or planned review is dragged to another week of its academy, or carried there by the arrow keys and put
   down with Enter. A proposed one moves at once; for a planned one the Move form opens with that week. Without this
   file that form does all of it. */

let held = null;      // what is dragged
let carried = null;   // what the keyboard carries, and over which cell it is

const eventOf = (target) => target.closest?.("[data-moves]");
const cellOf = (target) => target.closest?.("td[data-week]");
const rowOf = (element) => element.closest("tr");

function say(words) {
  const status = document.getElementById("carried");
  if (status) { status.textContent = words; }
}

function unmark() {
  document.querySelectorAll("td.is-over-here").forEach((cell) => cell.classList.remove("is-over-here"));
}

function put(event, cell) {
  unmark();
  if (cell.contains(event)) { return; }
  if ("asks" in event.dataset) {  // agreed already: its page says what moving it does, and asks
    window.location.assign(`${event.dataset.moves}?week=${cell.dataset.week}`);
    return;
  }
  window.htmx.ajax("POST", event.dataset.moves, { source: event, swap: "none", values: { week: cell.dataset.week } });
}

document.addEventListener("dragstart", (drag) => {
  held = eventOf(drag.target);
  if (!held) { return; }
  drag.dataTransfer.effectAllowed = "move";
  drag.dataTransfer.setData("text/plain", held.id);
});

document.addEventListener("dragover", (drag) => {
  const cell = held && cellOf(drag.target);
  unmark();
  if (!cell || rowOf(cell) !== rowOf(held)) { return; }
  drag.preventDefault();
  cell.classList.add("is-over-here");
});

document.addEventListener("drop", (drag) => {
  const cell = held && cellOf(drag.target);
  if (!cell || rowOf(cell) !== rowOf(held)) { return; }
  drag.preventDefault();
  put(held, cell);
});

document.addEventListener("dragend", () => { held = null; unmark(); });

function carry(event, step) {
  const from = carried?.event === event ? carried.cell : cellOf(event);
  const cells = [...rowOf(event).querySelectorAll("td[data-week]")];
  const cell = cells[cells.indexOf(from) + step];
  if (!cell) { return; }
  unmark();
  carried = { event, cell };
  cell.classList.add("is-over-here");
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(`${cell.dataset.words}. Enter puts it there, Escape leaves it.`);
}

function letGo(words) {
  carried = null;
  unmark();
  say(words);
}

document.addEventListener("keydown", (key) => {
  const event = eventOf(key.target);
  if (!event) { return; }
  if (key.key === "ArrowRight" || key.key === "ArrowLeft") {
    key.preventDefault();
    carry(event, key.key === "ArrowRight" ? 1 : -1);
  } else if (key.key === "Enter" && carried?.event === event) {
    key.preventDefault();
    const { cell } = carried;
    letGo("");
    put(event, cell);
  } else if (key.key === "Escape" && carried) {
    letGo("Left where it was.");
  }
}, true);

document.addEventListener("focusout", (leave) => {
  if (carried && leave.target === carried.event) { letGo(""); }
});

/* The page draws itself anew after a change: the focus goes back to what was moved. */
let focusedBefore = "";
document.addEventListener("htmx:beforeSwap", (swap) => {
  if (swap.detail.target?.id === "chart") { focusedBefore = document.activeElement?.id ?? ""; }
});
document.addEventListener("htmx:afterSettle", (settled) => {
  if (focusedBefore && settled.detail.target?.id === "chart") {
    document.getElementById(focusedBefore)?.focus();
    focusedBefore = "";
  }
});
