// The list of earlier questions. A function of where the browser keeps it, how many are kept, and the question asked
// now ({address, question, told}, or null), which pages/earlier_questions.py calls.
(key, most, now) => setTimeout(() => {
  const box = document.querySelector(".cc-earlier");
  if (!box) return;
  let held = [];
  try {
    held = JSON.parse(localStorage.getItem(key) ?? "[]").filter((one) => one.address.startsWith("?"));
  } catch { /* kept by nobody, or not by us: an empty list */ }
  const others = held.filter((one) => one.address !== now?.address);
  try {
    if (now) localStorage.setItem(key, JSON.stringify([now, ...others].slice(0, most)));
  } catch { /* a browser that keeps nothing */ }
  const item = (one) => {
    const link = Object.assign(document.createElement("a"), { href: one.address, target: "_self", textContent: one.question });
    const line = document.createElement("li");
    line.append(link, ` · ${one.told}`); // words, never markup
    return line;
  };
  box.querySelector("ul").replaceChildren(...others.map(item));
  box.querySelector("summary").textContent = `Các câu đã hỏi (${others.length})`;
  box.hidden = !others.length;
  box.querySelector("button").onclick = () => {
    localStorage.removeItem(key);
    box.hidden = true;
  };
}, 0)
