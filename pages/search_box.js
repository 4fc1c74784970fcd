// A search field with suggestions under it: the ARIA pattern of a combobox with a list.
// What is typed goes to the server after a short pause; the server sends the suggestions back as data.
const PAUSE = 180; // ms
const KNOWN = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  let box = KNOWN.get(parentElement);
  if (!box) {
    box = build(parentElement);
    KNOWN.set(parentElement, box);
  }
  box.send = setStateValue;
  box.trigger = setTriggerValue;
  if (data.value !== box.value) {
    // The page shows other words than before: an address was opened, or the words were taken away.
    box.value = data.value;
    box.input.value = data.value;
    close(box);
  }
  if (data.typed === box.input.value.trim() && box.open) show(box, data.suggestions);
}

function build(parent) {
  const find = (name) => parent.querySelector(`.cc-find-${name}`);
  const box = {
    form: find("form"), input: find("input"), list: find("list"), told: find("told"),
    value: null, active: -1, open: false, timer: 0, suggestions: [],
  };
  box.input.addEventListener("input", () => {
    box.open = true;
    activate(box, -1); // what was marked belongs to what stood there before
    clearTimeout(box.timer);
    box.timer = setTimeout(() => {
      const typed = box.input.value.trim();
      if (typed) box.send("typed", typed);
      else close(box);
    }, PAUSE);
  });
  box.input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = box.suggestions.length - 1;
    if (event.key === "ArrowDown" && last >= 0) activate(box, box.active >= last ? 0 : box.active + 1);
    else if (event.key === "ArrowUp" && last >= 0) activate(box, box.active <= 0 ? last : box.active - 1);
    else if (event.key === "Escape") close(box);
    else return;
    event.preventDefault();
  });
  box.input.addEventListener("blur", () => setTimeout(() => close(box), 200));
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(box.timer);
    if (box.active >= 0) choose(box, box.active);
    else submit(box, box.input.value.trim());
  });
  return box;
}

function submit(box, words) {
  close(box);
  box.input.value = words;
  box.value = words;
  box.trigger("submitted", { words });
}

function choose(box, place) {
  const chosen = box.suggestions[place];
  close(box);
  if (chosen.document) box.trigger("opened", { document: chosen.document });
  else submit(box, chosen.number);
}

function close(box) {
  clearTimeout(box.timer);
  box.open = false;
  show(box, []);
}

function activate(box, place) {
  box.active = place;
  [...box.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === place)));
  const item = box.list.children[place];
  if (!item) return box.input.removeAttribute("aria-activedescendant");
  box.input.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function show(box, suggestions) {
  box.suggestions = suggestions;
  box.list.replaceChildren(...suggestions.map((one, i) => {
    const item = document.createElement("li");
    item.id = `cc-find-${i}`;
    item.setAttribute("role", "option");
    for (const [name, text] of [["name", one.name], ["line", one.line]]) {
      const part = document.createElement("span");
      part.className = `cc-find-${name}`;
      part.textContent = text; // never as HTML: titles are text of the collection
      item.append(part);
    }
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(box, i));
    return item;
  }));
  box.list.hidden = suggestions.length === 0;
  box.input.setAttribute("aria-expanded", String(suggestions.length > 0));
  box.told.textContent = suggestions.length ? `${suggestions.length} gợi ý, dùng phím mũi tên để chọn` : "";
  activate(box, -1);
}
