/* What a record says in words, a line each: for laying two beside each other, and for reading one where
   its form is not drawn. */

const NOTE_KINDS = { RUNNING: "Note", WWW: "Went well", EBI: "Even better if", QUESTION: "Question" };

/* A moment as the form's own field takes it: London time, to the minute. */
export function local(moment) {
  return new Date(moment).toLocaleString("sv-SE", { timeZone: "Europe/London" }).slice(0, 16).replace(" ", "T");
}

/* An answer as its field holds it; the server stores yes and no as true and false. */
export function spelt(one) { return typeof one === "boolean" ? (one ? "yes" : "no") : String(one); }

const line = (words, text) => (text === null || text === "" ? [] : [`${words}: ${text}`]);

/* One answer, in as many lines as its part was answered times. `asked(key, time, inner)` is the question in words. */
export function answerTold(key, answer, asked) {
  if (Array.isArray(answer) && answer.some((one) => typeof one === "object")) {
    return answer.flatMap((round, time) => Object.entries(round).map(([inner, one]) => `${time + 1}. ${asked(key, time + 1, inner)}: ${[one].flat().map(spelt).join(", ")}`));
  }
  return [`${asked(key)}: ${[answer].flat().map(spelt).join(", ")}`];
}

/* Everything a content says. `words` puts the form's words for what is stored as keys and ids. */
export function told(said, words) {
  return [
    said.title || "Untitled",
    ...line("When", said.observed_at && local(said.observed_at).replace("T", ", ")), ...line("Minutes", said.minutes),
    ...line("Subject", said.subject), ...line("Year groups", said.year_groups), ...line("Group", said.group_described), ...line("How many", said.group_size),
    ...line("Person", said.observed_id && words.person(said.observed_id)), ...line("Why this visit is needed", said.budget_reason), ...(said.is_private ? ["Private"] : []),
    ...words.chosen("lines", said.lines).map((text) => `Line of enquiry: ${text}`), ...words.chosen("standards", said.standards).map((text) => `Standard: ${text}`),
    ...words.marks(said.look_fors), ...said.notes.map((note) => `${NOTE_KINDS[note.kind]}: ${note.text}`),
    ...Object.entries(said.answers).flatMap(([key, answer]) => answerTold(key, answer, words.asked)),
  ];
}

/* The words for a record whose form is not here: the questions as they were asked, and how many of the rest. */
export function ofOldForm(labels = {}) {
  const count = (many) => (many ? [`${many} chosen`] : []);
  return {
    asked: (key, _time, inner) => labels[inner ?? key] ?? inner ?? key,
    person: () => "somebody is named",
    chosen: (_name, values) => count(values.length),
    marks: (marks) => count(Object.keys(marks).length).map((text) => `Look-fors: ${text}`),
  };
}
