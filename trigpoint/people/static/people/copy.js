/* A button that copies what another element holds. Without scripts there is no button: the text can
   be selected. Where the browser has no clipboard to give (plain http), it selects it. */
for (const button of document.querySelectorAll("[data-tp-copy]")) {
  const field = document.getElementById(button.dataset.tpCopy);
  const said = document.getElementById(button.getAttribute("aria-describedby"));
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "Selected. Copy it with Ctrl+C, or ⌘C on a Mac.";
    }
  });
}
